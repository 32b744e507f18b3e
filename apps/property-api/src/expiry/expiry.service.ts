import { Inject, Injectable } from '@nestjs/common';
import { LOGGER } from '@viewora/service-kit/logger';
import type { Logger } from 'pino';
import type { Nothing } from '../nothing.ts';
import { ExpiryRepository } from './expiry.repository.ts';
import type { ExpiryRules } from './expiry.rules.ts';

export const EXPIRY_RULES = Symbol('expiryRules');

const dayMs = 86_400_000;

/** Lets listings end that nobody has said a word about for long, after their owners were warned. */
@Injectable()
export class ExpiryService {
  constructor(
    private readonly expiry: ExpiryRepository,
    @Inject(EXPIRY_RULES) private readonly rules: ExpiryRules,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** What was done stays done: run again, or cut off and run again, it does the rest. */
  async run(now = new Date()): Promise<Nothing> {
    const { staleDays, warningDays } = this.rules;
    const daysAgo = (days: number) => new Date(now.getTime() - Math.max(0, days) * dayMs);
    const [stale, warned, soonStale] = [daysAgo(staleDays), daysAgo(warningDays), daysAgo(staleDays - warningDays)];
    let [archivedCount, warnedCount] = [0, 0];
    for (const owner of await this.expiry.ownersToArchive(stale, warned))
      archivedCount += await untilNone(() => this.expiry.archive(owner, stale, warned));
    for (const owner of await this.expiry.ownersToWarn(soonStale))
      warnedCount += await untilNone(() => this.expiry.warn(owner, soonStale, this.rules));
    this.logger.info({ warned: warnedCount, archived: archivedCount }, 'stale listings');
    return {};
  }
}

async function untilNone(some: () => Promise<number>): Promise<number> {
  let all = 0;
  for (let done = await some(); done > 0; done = await some()) all += done;
  return all;
}
