import { AppError, ErrorReply } from '@viewora/contracts/errors';

/**
 * A run's stream: `0-1 owner`, `0-2 begun`, the parts as `1-0`, `2-0`, …, then one closing entry with the largest id.
 * Redis refuses an id that is not above the last, so a closed run stays closed (cancelling is nothing but closing), and
 * of two replicas that believe they run it one is refused.
 */
export const begunId = '0-2';
export const closingId = `${Number.MAX_SAFE_INTEGER}-0`;

/** How long a run can be resumed once it is over. */
export const runKeptMs = 10 * 60_000;

/** An entry of a run's stream, as Redis returns it. */
export type RunEntry = [id: string, fields: string[]];

/** What an entry says. */
export type RunStep =
  | { kind: 'owner'; owner: string }
  | { kind: 'begun' }
  | { kind: 'part'; id: string; text: string }
  | { kind: 'end' }
  | { kind: 'error'; error: AppError };

export function readRunEntry([id, fields]: RunEntry): RunStep {
  const [field, text = ''] = fields;
  if (field === 'owner') return { kind: 'owner', owner: text };
  if (field === 'begun') return { kind: 'begun' };
  if (field === 'part') return { kind: 'part', id: String(Number.parseInt(id, 10)), text };
  if (field === 'end') return { kind: 'end' };
  return { kind: 'error', error: errorOf(text) };
}

/** The typed error of an error reply's JSON. */
export function errorOf(text: string): AppError {
  const reply = ErrorReply.safeParse(JSON.parse(text)).data;
  return reply ? AppError.fromReply(reply) : new AppError('internal', 'Something went wrong');
}

/** True where Redis refused an id because the stream is already at or past it. */
export function isRefusedId(error: unknown): boolean {
  return error instanceof Error && error.message.includes('equal or smaller');
}
