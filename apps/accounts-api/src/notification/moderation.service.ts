import { Injectable } from '@nestjs/common';
import type { propertyApi } from '@viewora/contracts/property';
import type { PayloadOf } from '@viewora/contracts/service';
import { AuditRepository } from '../audit/audit.repository.ts';
import { MailService } from '../mail/mail.service.ts';
import { type Transaction, Transactions } from '../transactions.ts';
import { UserRepository } from '../user/user.repository.ts';
import { listingTitle } from './listing-title.ts';
import { NotificationRepository } from './notification.repository.ts';

export type ListingModerated = PayloadOf<typeof propertyApi.listingModerated>;

const link = '/sell';

/** What administrators do to listings happens elsewhere; that it was done, and who is told, is kept here. */
@Injectable()
export class ModerationService {
  constructor(
    private readonly audits: AuditRepository,
    private readonly notifications: NotificationRepository,
    private readonly users: UserRepository,
    private readonly mails: MailService,
    private readonly transactions: Transactions,
  ) {}

  /** Once for each event, however often it is delivered. */
  async tell(moderated: ListingModerated, eventId: string): Promise<void> {
    await this.transactions.onceFor({ subscriber: 'accounts.moderation', eventId }, async (tx) => {
      await this.note(tx, moderated);
      if (moderated.action === 'listing.block') await this.tellOfBlock(tx, moderated);
      if (moderated.action === 'listing.unblock') await this.tellOfUnblock(tx, moderated);
    });
  }

  private async note(tx: Transaction, moderated: ListingModerated): Promise<void> {
    const { action, actorId, listingId, reportId, reason, at } = moderated;
    const label = listingTitle(moderated.listingTitle);
    const target =
      reportId !== null && action.startsWith('report.')
        ? ({ kind: 'report', id: reportId, label } as const)
        : ({ kind: 'listing', id: listingId, label } as const);
    await this.audits.add(tx, { actorId, action, target, about: null, reason, at });
  }

  private async tellOfBlock(tx: Transaction, moderated: ListingModerated): Promise<void> {
    const { ownerId, reason } = moderated;
    const owner = ownerId === null ? null : await this.users.findInside(tx, ownerId);
    if (!owner) return;
    const title = listingTitle(moderated.listingTitle);
    await this.notifications.add(tx, owner.id, {
      kind: 'listing_blocked',
      title: 'A listing of yours was blocked',
      body: reason === null ? title : `${title}: ${reason}`,
      link,
    });
    await this.mails.want(tx, owner, 'listing_blocked', () => ({ title, ...(reason !== null && { reason }) }));
  }

  private async tellOfUnblock(tx: Transaction, moderated: ListingModerated): Promise<void> {
    if (moderated.ownerId === null) return;
    await this.notifications.add(tx, moderated.ownerId, {
      kind: 'listing_unblocked',
      title: 'A listing of yours is no longer blocked',
      body: listingTitle(moderated.listingTitle),
      link,
    });
  }
}
