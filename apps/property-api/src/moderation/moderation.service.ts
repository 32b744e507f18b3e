import { Injectable } from '@nestjs/common';
import type { Call } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import type { AdminListing, Report } from '@viewora/contracts/moderation';
import { propertyApi } from '@viewora/contracts/property';
import type { OutputOf, ParsedInputOf } from '@viewora/contracts/service';
import { decodeTimeCursor, pageOf } from '../listing/time.cursor.ts';
import type { Nothing } from '../nothing.ts';
import { signedInUser } from '../signed-in.ts';
import { ModerationRepository } from './moderation.repository.ts';
import { ReportRepository } from './report.repository.ts';

/** What administrators do about listings, and what makes them look: reports by visitors. Who is one, the door has seen to. */
@Injectable()
export class ModerationService {
  constructor(
    private readonly moderation: ModerationRepository,
    private readonly reported: ReportRepository,
  ) {}

  async listings(
    input: ParsedInputOf<typeof propertyApi.adminListings>,
  ): Promise<OutputOf<typeof propertyApi.adminListings>> {
    const found = await this.moderation.list(input, decodeTimeCursor(input.cursor));
    return pageOf(found, input.limit);
  }

  async listing(id: string): Promise<AdminListing> {
    return existing(await this.moderation.find(id), 'listing');
  }

  /** @throws AppError `conflict` where it is blocked: the reason its owner was told stays */
  async block(input: { id: string; reason: string }, call: Call): Promise<AdminListing> {
    const act = { operation: propertyApi.blockListing, input, call, actorId: signedInUser(call) };
    const blocked = await this.moderation.setBlock(input.id, input.reason, act, ({ isBlocked }) => {
      if (isBlocked) throw new AppError('conflict', 'The listing is blocked already');
    });
    return existing(blocked, 'listing');
  }

  /** @throws AppError `conflict` where it is not blocked */
  async unblock(input: { id: string }, call: Call): Promise<AdminListing> {
    const act = { operation: propertyApi.unblockListing, input, call, actorId: signedInUser(call) };
    const unblocked = await this.moderation.setBlock(input.id, null, act, ({ isBlocked }) => {
      if (!isBlocked) throw new AppError('conflict', 'The listing is not blocked');
    });
    return existing(unblocked, 'listing');
  }

  /** @throws AppError `not_found` for what is not public */
  async report(input: ParsedInputOf<typeof propertyApi.report>, call: Call): Promise<Nothing> {
    const reporterId = call.actor.kind === 'user' ? call.actor.userId : null;
    const isPublic = await this.reported.add({ ...input, text: input.text || null, reporterId }, input, call);
    if (!isPublic) throw new AppError('not_found', 'There is no such listing');
    return {};
  }

  async reports(input: ParsedInputOf<typeof propertyApi.reports>): Promise<OutputOf<typeof propertyApi.reports>> {
    const [found, open] = await Promise.all([
      this.reported.list(input, decodeTimeCursor(input.cursor)),
      this.reported.countOpen(),
    ]);
    return { ...pageOf(found, input.limit), open };
  }

  /** @throws AppError `conflict` where somebody has closed it meanwhile */
  async resolve(input: ParsedInputOf<typeof propertyApi.resolveReport>, call: Call): Promise<Report> {
    const act = { operation: propertyApi.resolveReport, input, call, actorId: signedInUser(call) };
    const resolved = await this.moderation.resolve(input, act, ({ status }) => {
      if (status !== 'open') throw new AppError('conflict', 'The report has been dealt with meanwhile');
    });
    return existing(resolved, 'report');
  }
}

function existing<T>(value: T | null, what: string): T {
  if (value === null) throw new AppError('not_found', `There is no such ${what}`);
  return value;
}
