import type { Actor } from '@viewora/contracts/call';
import type { AnyOperation } from '@viewora/contracts/service';
import type { RequestEnvelope } from './envelope.ts';

/** What the transport needs to know of an operation. */
export type Target = Pick<AnyOperation, 'kind' | 'name' | 'service' | 'timeoutMs' | 'expiresInMs'>;

export interface SendOptions {
  /** On whose behalf. */
  actor: Actor;
  requestId: string;
  /** How long to wait for the reply. Default: the operation's. */
  timeoutMs?: number;
  /** Of a command: how long it may wait to be executed, whatever the caller's patience. Default: the operation's, else 24 h. */
  expiresInMs?: number;
  /**
   * Of a command: a repeat with the same key has no second effect. Default: the message's own id. Of a stream: a repeat by the same
   * actor reads the run that there is.
   */
  idempotencyKey?: string;
  /** Stops waiting; queries and streams are also told to stop. */
  signal?: AbortSignal;
}

export interface StreamOptions extends SendOptions {
  /** Default: a new one. With that of a run which has begun, the run is read instead of run again. */
  runId?: string;
  /**
   * Leaving the iteration early, or aborting the signal, does not cancel the run: for a caller whose own client may come back
   * for the rest.
   */
  keepsRunning?: boolean;
}

const dayMs = 24 * 3_600_000;

/** The envelope of a request that is sent now. */
export function requestEnvelope(
  id: string,
  operation: Target,
  options: SendOptions,
  transport: { replyTo?: string; trace: Record<string, string> | undefined },
): RequestEnvelope {
  const { actor, requestId, timeoutMs = operation.timeoutMs, expiresInMs = operation.expiresInMs ?? dayMs } = options;
  const isCommand = operation.kind === 'command';
  return {
    id,
    pattern: operation.name,
    kind: operation.kind,
    actor,
    requestId,
    ttlMs: isCommand ? expiresInMs : timeoutMs,
    idempotencyKey: isCommand ? (options.idempotencyKey ?? id) : undefined,
    ...transport,
  };
}
