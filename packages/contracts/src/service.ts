import { z } from 'zod';

/**
 * A service's contract is a plain value: its name and its operations. The typed handler, the typed client, the
 * gateway's route, the OpenAPI document and the web's fetch client are all read from it.
 *
 * | kind    | meaning                 | delivery                                                                 |
 * |---------|-------------------------|--------------------------------------------------------------------------|
 * | query   | reads                   | one replica; dropped, and counted, once its deadline has passed          |
 * | command | writes                  | one effect; redelivered if a replica dies; repeats return the same reply |
 * | stream  | a reply in parts        | resumable from the last part seen                                        |
 * | event   | a fact, past tense      | at least once to each subscribing service                                |
 */
export type OperationKind = 'query' | 'command' | 'stream';

export const roles = ['buyer', 'seller', 'broker', 'admin'] as const;
export type Role = (typeof roles)[number];

/**
 * Who may call: everybody, other services only, or people signed in with one of the roles.
 * An operation cannot be declared without it.
 */
export type Access = 'public' | 'internal' | readonly Role[];

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * What people do at different paces: reads, writes, tries to sign in, what reaches a person: mails and reports, what a page
 * tells by itself, and questions, of which each may cost money.
 */
export type RateClass = 'read' | 'write' | 'sign_in' | 'mail' | 'event' | 'question';

/** Who asks, from where, as the gateway sees it. */
export const Client = z.object({ address: z.string(), userAgent: z.string().max(500) });
export type Client = z.infer<typeof Client>;

/** What only the gateway can fill in; callers can neither send nor see these fields. `isBot`: whether the user agent says so. */
export type GatewayField = 'client' | 'refreshToken' | 'isBot';

/** A file that is sent along. */
export interface Upload {
  /** Its part of the form, and the field of the input that says where it is. */
  field: string;
  maxBytes: number;
  /** Where its key begins, in the private bucket. */
  folder: string;
  /** How its key ends. */
  extension: string;
  /** Media types the file may have; the first is what a file without one is sent as. */
  types: readonly string[];
}

export interface HttpRoute {
  method: HttpMethod;
  /** Below `/api/v1`, parameters as `:name`; each is a field of the input. */
  path: string;
  /** What the route counts as for rate limits. */
  rateClass?: RateClass;
  /** Seconds a reply may be reused: by the gateway's micro-cache, and by browsers as `max-age`. Public queries only. */
  cacheSeconds?: number;
  /** Status of success; 204 has no body. Default 200. */
  status?: 200 | 201 | 202 | 204;
  /** Fields of the input that the gateway fills in. */
  fills?: readonly GatewayField[];
  /**
   * What the call does to the caller's session. `opens`: tokens in the reply's `session` go into cookies and leave the body;
   * `closes`: the cookies are taken away. What is public of these works without a valid session.
   */
  session?: 'opens' | 'closes';
  /**
   * Who has no session is a visitor, told from others by a signed cookie of their own: `opens` sets it where there is none yet,
   * `knows` reads it.
   */
  visitor?: 'opens' | 'knows';
  /**
   * Of a stream, which needs it: where its runs are. The reply is `text/event-stream`, each part an event by its `event` and
   * `data`, with the id `<runId>:<n>`. Below this path, `GET /:id/events` reads on after `Last-Event-ID`, and `DELETE /:id`
   * stops the run.
   */
  runs?: string;
  /**
   * The body is multipart/form-data: fields in JSON, then the file, which goes to the private bucket as it comes. The input's
   * `field` is an `UploadedFile`: what became of the file.
   */
  upload?: Upload;
  /** The edited resource's `version` must come in `If-Match`; it fills the input's `version`. */
  ifMatch?: true;
  /**
   * For `navigator.sendBeacon`, as a page goes away: a public command that is also taken as text/plain, needs no
   * `X-CSRF-Token`, and is answered with this as soon as it is queued. A session only says who it is; one that is over says nobody.
   */
  beacon?(input: unknown): unknown;
}

export interface Operation<
  K extends OperationKind = OperationKind,
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
> {
  kind: K;
  /** `<service>.<key>`: the message pattern. Set by `service()`. */
  name: string;
  /** The owning service: the name of its request stream. Set by `service()`. */
  service: string;
  summary: string;
  access: Access;
  input: I;
  /** Of a stream: the schema of one part. */
  output: O;
  http?: HttpRoute;
  /** How long a caller waits for the reply, ms. */
  timeoutMs: number;
  /** Of a command: how long it may wait to be executed, ms; what holds a secret must not lie about for a day. Default 24 h. */
  expiresInMs?: number;
}

export interface EventDefinition<P extends z.ZodType = z.ZodType> {
  kind: 'event';
  /** `<service>.<key>`, past tense. Set by `service()`. */
  name: string;
  /** The publishing service: the name of its event stream. Set by `service()`. */
  service: string;
  summary: string;
  payload: P;
}

export type AnyOperation = Operation;
export type Query<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = Operation<'query', I, O>;
export type Command<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = Operation<'command', I, O>;
export type Stream<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = Operation<'stream', I, O>;

/** What a caller passes in. */
export type InputOf<T extends AnyOperation> = z.input<T['input']>;
/** What the handler receives: parsed, defaults filled in. */
export type ParsedInputOf<T extends AnyOperation> = z.output<T['input']>;
/** What a caller gets back (of a stream: each part). */
export type OutputOf<T extends AnyOperation> = z.output<T['output']>;
/** What the handler returns (of a stream: each part). */
export type ReplyOf<T extends AnyOperation> = z.input<T['output']>;
export type PayloadOf<T extends EventDefinition> = z.output<T['payload']>;

type Definition<I extends z.ZodType, O extends z.ZodType> = {
  summary: string;
  access: Access;
  input: I;
  output: O;
  http?: HttpRoute;
  timeoutMs?: number;
  expiresInMs?: number;
};

const queryTimeoutMs = 5_000;
const commandTimeoutMs = 15_000;
const streamTimeoutMs = 120_000;

/** A read. */
export function query<I extends z.ZodType, O extends z.ZodType>(definition: Definition<I, O>): Query<I, O> {
  return { timeoutMs: queryTimeoutMs, ...definition, kind: 'query', name: '', service: '' };
}

/** A write with one effect. */
export function command<I extends z.ZodType, O extends z.ZodType>(definition: Definition<I, O>): Command<I, O> {
  return { timeoutMs: commandTimeoutMs, ...definition, kind: 'command', name: '', service: '' };
}

/** A reply in parts; `output` is the schema of one part. */
export function stream<I extends z.ZodType, O extends z.ZodType>(definition: Definition<I, O>): Stream<I, O> {
  return { timeoutMs: streamTimeoutMs, ...definition, kind: 'stream', name: '', service: '' };
}

/** A fact that has happened. */
export function event<P extends z.ZodType>(definition: { summary: string; payload: P }): EventDefinition<P> {
  return { ...definition, kind: 'event', name: '', service: '' };
}

type Definitions = Record<string, AnyOperation | EventDefinition>;

/** What can be read of any contract. */
export interface AnyService {
  readonly serviceName: string;
  readonly operations: Definitions;
}

export type Service<N extends string, M extends Definitions> = { readonly serviceName: N; readonly operations: M } & M;

/** Names the operations after their keys and returns them as properties: `propertyApi.search.name === 'property.search'`. */
export function service<N extends string, M extends Definitions>(serviceName: N, definitions: M): Service<N, M> {
  const named: Definitions = {};
  for (const [key, definition] of Object.entries(definitions)) {
    named[key] = Object.freeze({ ...definition, name: `${serviceName}.${key}`, service: serviceName });
  }
  const operations = named as M;
  return Object.freeze({ serviceName, operations, ...operations });
}
