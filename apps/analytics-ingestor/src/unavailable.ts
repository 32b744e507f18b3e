import { AppError } from '@viewora/contracts/errors';

/** What cannot be read is never told as zero. @throws AppError always: its own, or `unavailable` */
export function figuresAway(cause: unknown): never {
  if (cause instanceof AppError) throw cause;
  throw new AppError('unavailable', 'The figures cannot be reached just now', { retryAfterSeconds: 5 }, { cause });
}
