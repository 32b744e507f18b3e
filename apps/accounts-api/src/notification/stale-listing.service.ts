import { Injectable } from '@nestjs/common';
import type { propertyApi } from '@viewora/contracts/property';
import type { PayloadOf } from '@viewora/contracts/service';
import { MailService } from '../mail/mail.service.ts';
import { Transactions } from '../transactions.ts';
import { UserRepository } from '../user/user.repository.ts';
import { listingTitle } from './listing-title.ts';
import { NotificationRepository } from './notification.repository.ts';

export type ListingsWarned = PayloadOf<typeof propertyApi.listingsWarned>;
export type ListingsExpired = PayloadOf<typeof propertyApi.listingsExpired>;

const mostNamed = 3;

/** Tells owners of listings that they have not looked after. */
@Injectable()
export class StaleListingService {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly users: UserRepository,
    private readonly mails: MailService,
    private readonly transactions: Transactions,
  ) {}

  /** Once for each event, however often it is delivered. */
  async warn(warned: ListingsWarned, eventId: string): Promise<void> {
    await this.transactions.onceFor({ subscriber: 'accounts.stale-listings', eventId }, async (tx) => {
      const owner = await this.users.findInside(tx, warned.ownerId);
      if (!owner) return;
      const [listings, day] = [named(warned), warned.archivedFrom.slice(0, 10)];
      await this.notifications.add(tx, owner.id, {
        kind: 'listing_expiring',
        title: warned.count === 1 ? 'Is this listing still for sale?' : 'Are these listings still for sale?',
        body: `${listings}: archived from ${day} on unless you confirm or change ${warned.count === 1 ? 'it' : 'them'}`,
        link: linkTo(warned),
      });
      await this.mails.want(tx, owner, 'listing_expiring', () => ({ listings, day, path: linkTo(warned) }));
    });
  }

  async tellOfEnd(expired: ListingsExpired, eventId: string): Promise<void> {
    await this.transactions.onceFor({ subscriber: 'accounts.stale-listings', eventId }, (tx) =>
      this.notifications.add(tx, expired.ownerId, {
        kind: 'listing_expired',
        title:
          expired.count === 1 ? 'A listing of yours was archived' : `${expired.count} listings of yours were archived`,
        body: `${named(expired)}: nobody had confirmed or changed ${expired.count === 1 ? 'it' : 'them'} for long`,
        link: '/sell?status=archived',
      }),
    );
  }
}

function named({ count, listings }: ListingsExpired): string {
  const names = listings.slice(0, mostNamed).map(({ title }) => listingTitle(title));
  const more = count - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}

function linkTo({ count, listings: [first] }: ListingsExpired): string {
  return count === 1 && first ? `/sell/${first.id}/edit` : '/sell';
}
