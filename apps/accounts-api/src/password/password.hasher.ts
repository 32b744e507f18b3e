import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';
import { AppError } from '@viewora/contracts/errors';
import pLimit, { type LimitFunction } from 'p-limit';
import { passwordHashSeconds } from './password.metrics.ts';
import { formatPhc, isCurrent, type PhcHash, parameters, parsePhc } from './phc.ts';

const derive = promisify<'argon2id', Argon2Parameters, Buffer>(
  argon2 as (
    algorithm: 'argon2id',
    parameters: Argon2Parameters,
    done: (error: Error | null, key: Buffer) => void,
  ) => void,
);

/**
 * Hashes that may wait for each one that runs: the last of them waits about a second. More would take the slots of a replica from
 * those who are signed in already.
 */
const waitingPerRunning = 16;

/** Compared with where there is no such user, so that it takes as long. */
const nobody: PhcHash = { ...parameters, salt: Buffer.alloc(16, 'nobody'), hash: Buffer.alloc(32) };

export interface Verified {
  isRight: boolean;
  /** Right, but hashed with parameters that are no longer ours. */
  isOutdated: boolean;
}

/**
 * Argon2id, at OWASP's floor (19 MiB, two passes), a bounded number at once: a flood of sign-ins costs no more memory than that
 * and is turned away when it would wait too long. Passwords are normalised (NFKC), so that each keyboard's "é" is one.
 */
@Injectable()
export class PasswordHasher {
  private readonly limit: LimitFunction;

  constructor(private readonly parallel: number) {
    this.limit = pLimit(parallel);
  }

  /** A PHC string. @throws AppError `unavailable` when too many wait. */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(16);
    return formatPhc({ ...parameters, salt, hash: await this.run(password, { ...parameters, salt }) });
  }

  /** Takes as long for `null`, which no password fits. @throws AppError `unavailable` when too many wait. */
  async verify(password: string, stored: string | null): Promise<Verified> {
    const expected = stored === null ? nobody : parsePhc(stored);
    const hash = await this.run(password, expected);
    const isRight = hash.length === expected.hash.length && timingSafeEqual(hash, expected.hash) && stored !== null;
    return { isRight, isOutdated: isRight && !isCurrent(expected) };
  }

  private run(password: string, { memory, passes, parallelism, salt }: Omit<PhcHash, 'hash'>): Promise<Buffer> {
    if (this.limit.pendingCount >= this.parallel * waitingPerRunning) {
      throw new AppError('unavailable', 'Too many people sign in just now', { retryAfterSeconds: 2 });
    }
    const message = Buffer.from(password.normalize('NFKC'));
    return this.limit(async () => {
      const stop = passwordHashSeconds.startTimer();
      return derive('argon2id', { message, nonce: salt, memory, passes, parallelism, tagLength: 32 }).finally(stop);
    });
  }
}
