import { AppError } from '@viewora/contracts/errors';
import type { Redis } from 'ioredis';
import { serviceKeys } from './keys.ts';
import { admission } from './scripts.ts';

/** A request at the door. */
export interface Applicant {
  kind: string;
  envelopeText: string;
  bodyText: string;
  /** Called once it was appended. */
  admitted?(): void;
  /** Called where it was not appended. */
  refused(error: AppError): void;
}

/**
 * Sends what one turn of the event loop asks of one service as one script call: the door is checked once and each
 * request is appended, atomically and in one round trip.
 */
export class AdmissionBatch {
  readonly #redis: Redis;
  readonly #keys: ReturnType<typeof serviceKeys>;
  readonly #backlogLimit: number;
  #waiting: Applicant[] = [];

  constructor(redis: Redis, service: string, backlogLimit: number) {
    this.#redis = redis;
    this.#keys = serviceKeys(service);
    this.#backlogLimit = backlogLimit;
  }

  add(applicant: Applicant): void {
    this.#waiting.push(applicant);
    if (this.#waiting.length === 1) setImmediate(() => void this.#flush());
  }

  async #flush(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    const args: (string | number)[] = [this.#backlogLimit];
    for (const { kind, envelopeText, bodyText } of batch) args.push(kind, envelopeText, bodyText);
    try {
      const answers = await this.#redis.admitRequests(this.#keys.requests, this.#keys.replicas, ...args);
      for (const [index, applicant] of batch.entries()) {
        const error = refusal(answers[index] ?? admission.admitted);
        if (error) applicant.refused(error);
        else applicant.admitted?.();
      }
    } catch (cause) {
      for (const applicant of batch) applicant.refused(redisAway(cause));
    }
  }
}

/** The error of an answer at the door; undefined where the request was let in. */
export function refusal(answer: number): AppError | undefined {
  if (answer === admission.backlogFull) {
    return new AppError('unavailable', 'Too much is waiting already', { retryAfterSeconds: 2 });
  }
  if (answer === admission.noReplica) {
    return new AppError('unavailable', 'The service is not running', { retryAfterSeconds: 5 });
  }
  return undefined;
}

/** Redis cannot be reached, or refuses to write. */
export function redisAway(cause?: unknown): AppError {
  return new AppError('unavailable', 'The message broker is not reachable', { retryAfterSeconds: 1 }, { cause });
}
