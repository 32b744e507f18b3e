import { AppError, Problem } from './errors.ts';
import type { UploadedFile } from './listing-import.ts';
import { encodeQuery } from './query-string.ts';
import type { GatewayField, HttpRoute, InputOf, Operation, OutputOf, Stream, Upload } from './service.ts';

export const apiBase = '/api/v1';

/** What a caller passes in over HTTP: without what only the gateway can fill in, and a file itself for where it will be. */
export type HttpInputOf<T extends Operation> =
  InputOf<T> extends infer I ? (I extends unknown ? WithFiles<Omit<I, GatewayField>> : never) : never;

type WithFiles<I> = { [K in keyof I]: I[K] extends UploadedFile ? Blob : I[K] };

export interface HttpClientOptions {
  /** Scheme, host and port; empty for the page's own origin. */
  origin?: string;
  fetch?: typeof fetch;
}

export interface HttpCallOptions {
  signal?: AbortSignal;
  headers?: Record<string, string>;
}

type Request = ReturnType<typeof toHttpRequest>;

/** Sends a request and gives the response once it has begun and is no failure. */
function createSender({ origin = '', fetch: fetchWith = fetch }: HttpClientOptions) {
  return async function send({ url, init }: Request, { signal, headers }: HttpCallOptions): Promise<Response> {
    const response = await fetchWith(origin + url, {
      ...init,
      headers: { accept: 'application/json', ...init.headers, ...headers },
      ...(signal && { signal }),
    }).catch((cause: unknown) => {
      if (signal?.aborted) throw cause;
      throw new AppError('unavailable', 'The server could not be reached', {}, { cause });
    });
    if (!response.ok) throw await toError(response);
    return response;
  };
}

/**
 * For replies in parts: each gives the response once its first part is on its way, to be read by the caller. Throws
 * `AppError`, or an abort as fetch does.
 */
export function createStreamClient(options: HttpClientOptions = {}) {
  const send = createSender(options);
  const inParts = (callOptions: HttpCallOptions): HttpCallOptions => ({
    ...callOptions,
    headers: { accept: 'text/event-stream', ...callOptions.headers },
  });
  return {
    begin: <T extends Stream>(operation: T, input: HttpInputOf<T>, callOptions: HttpCallOptions = {}) =>
      send(toHttpRequest(operation, input), inParts(callOptions)),

    /** What of a run comes after an event; all of it after none. */
    readOn(operation: Stream, runId: string, lastEventId: string | null, callOptions: HttpCallOptions = {}) {
      const headers: Record<string, string> = lastEventId === null ? {} : { 'last-event-id': lastEventId };
      const init = { method: 'GET', headers };
      return send({ url: `${runUrl(operation, runId)}/events`, init }, inParts(callOptions));
    },

    async stop(operation: Stream, runId: string, callOptions: HttpCallOptions = {}): Promise<void> {
      await send({ url: runUrl(operation, runId), init: { method: 'DELETE' } }, callOptions);
    },
  };
}

function runUrl({ http, name }: Stream, runId: string): string {
  if (!http?.runs) throw new Error(`${name} has no runs`);
  return `${apiBase}${http.runs}/${encodeURIComponent(runId)}`;
}

/** The typed fetch client: `call(propertyApi.search, {place: 'Folsom'})`. Throws `AppError`, or an abort as fetch does. */
export function createHttpClient(options: HttpClientOptions = {}) {
  const send = createSender(options);
  return async function call<T extends Operation>(
    operation: T,
    input: HttpInputOf<T>,
    callOptions: HttpCallOptions = {},
  ): Promise<OutputOf<T>> {
    const response = await send(toHttpRequest(operation, input), callOptions);
    return (response.status === 204 ? {} : await response.json()) as OutputOf<T>;
  };
}

/** An operation's route filled in: path parameters from the input, the rest as query string, JSON body or form. */
export function toHttpRequest<T extends Operation>(
  operation: T,
  input: HttpInputOf<T>,
): { url: string; init: { method: string; headers?: Record<string, string>; body?: string | FormData } } {
  if (!operation.http) throw new Error(`${operation.name} has no HTTP route`);
  const { method, path, ifMatch, upload }: HttpRoute = operation.http;
  const fields = { ...(input as Record<string, unknown>) };
  const filled = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = encodeURIComponent(String(fields[name]));
    delete fields[name];
    return value;
  });
  if (method === 'GET' || method === 'DELETE') {
    const query = encodeQuery(operation.input, fields).toString();
    return { url: `${apiBase}${filled}${query && `?${query}`}`, init: { method } };
  }
  // The boundary in a form's media type is for whoever sends it to say.
  if (upload) return { url: apiBase + filled, init: { method, body: toForm(upload, fields) } };
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (ifMatch) {
    headers['if-match'] = `"${fields.version}"`;
    delete fields.version;
  }
  return { url: apiBase + filled, init: { method, headers, body: JSON.stringify(fields) } };
}

/** The fields first: they are checked before the file is taken. */
function toForm({ field, types: [type] }: Upload, { [field]: file, ...fields }: Record<string, unknown>): FormData {
  if (!(file instanceof Blob)) throw new Error(`${field} must be a Blob or a File`);
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.set(name, JSON.stringify(value));
  const name = file instanceof File ? file.name : 'file';
  form.set(field, file.type === '' ? new Blob([file], { ...(type && { type }) }) : file, name);
  return form;
}

async function toError(response: Response): Promise<AppError> {
  const problem = Problem.safeParse(await response.json().catch(() => null));
  const retryAfterSeconds = Number(response.headers.get('retry-after')) || undefined;
  if (!problem.success)
    return new AppError('unavailable', `The server answered ${response.status}`, { retryAfterSeconds });
  const { code, title, detail, errors, status } = problem.data;
  return new AppError(code, detail ?? title, { errors, retryAfterSeconds, status });
}
