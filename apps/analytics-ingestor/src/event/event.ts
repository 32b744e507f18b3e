import { AnalyticsEvent, type RejectReason } from '@viewora/contracts/analytics';
import type { PropertyType } from '@viewora/contracts/listing';

/** An event that the contract allows, its ids in lower case, or null. */
export function readEvent(value: unknown): AnalyticsEvent | null {
  const parsed = AnalyticsEvent.safeParse(value);
  if (!parsed.success) return null;
  const { data: event } = parsed;
  return { ...event, id: event.id.toLowerCase(), propertyId: event.propertyId.toLowerCase() };
}

/** What an event says, however its fields are ordered. */
export function bodyText({ id, type, propertyId, viewerId, at, data }: AnalyticsEvent): string {
  const sorted = data ? Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1)) : [];
  return JSON.stringify([id, type, propertyId, viewerId, Date.parse(at), sorted]);
}

/** What an event adds to its figure: seconds of dwelling, else one. */
export function amountOf(event: AnalyticsEvent): number {
  return event.type === 'dwell' ? Math.round(event.data?.seconds ?? 0) : 1;
}

/** What is known of a listing that decides whether an event of it counts, and with whom it compares. */
export interface ListingFacts {
  ownerId: string | null;
  /** Whether others can see it now. */
  isPublished: boolean;
  type: PropertyType | null;
  city: string | null;
  /** 0 where it is not known. */
  listedAt: number;
}

/** Why a well-formed event does not count; null where it may. */
export function rejection({
  isBot,
  actor,
  listing,
}: {
  isBot: boolean;
  actor: { userId: string; role: string } | null;
  listing?: Pick<ListingFacts, 'ownerId'>;
}): RejectReason | null {
  if (isBot) return 'bot';
  if (actor?.role === 'admin') return 'admin';
  if (!listing) return 'unknown_listing';
  return listing.ownerId !== null && listing.ownerId === actor?.userId ? 'owner' : null;
}

/** An event as the stream and the archive keep it. */
export interface KeptEvent {
  id: string;
  /** Its type's letter. */
  t: string;
  /** The listing. */
  p: string;
  /** The viewer, hashed. */
  v: string;
  /** By the client's clock. */
  at: string;
  /** What it adds. */
  n: number;
  /** Its body, as an integer that tells it from others. */
  b: string;
  d?: object;
}
