import type { Statistics, UserStatus } from '@viewora/contracts/admin';
import { ListingStatus, PropertyType } from '@viewora/contracts/listing';
import type { MostViewed } from '@viewora/contracts/ranking';
import { roles } from '@viewora/contracts/service';
import { plural } from '../format/facts.ts';

/** A line of a chart: a name, how many, and where it leads. */
export interface Bar {
  key: string;
  name: string;
  count: number;
  path?: string;
}

/** A line whose count is made of parts; the same part has the same place in every line. */
export interface StackedBar {
  key: string;
  name: string;
  count: number;
  parts: readonly { key: string; name: string; count: number }[];
}

const typePlurals: Record<PropertyType, string> = {
  house: 'houses',
  flat: 'flats',
  plot: 'plots',
  commercial: 'commercial',
};

const number = new Intl.NumberFormat('en-US');
const sum = (counts: readonly { count: number }[]) => counts.reduce((total, { count }) => total + count, 0);

const userStatuses: Record<UserStatus, string> = { active: 'Active', unconfirmed: 'Unconfirmed', blocked: 'Blocked' };
const rolePlurals = { buyer: 'buyers', seller: 'sellers', broker: 'brokers', admin: 'administrators' };
const rolesAsOne = { buyer: 'buyer', seller: 'seller', broker: 'broker', admin: 'administrator' };
const listingStatusWords: Record<ListingStatus, string> = {
  draft: 'draft',
  published: 'published',
  sold: 'sold',
  archived: 'archived',
};

export function userBars({ usersByStatus }: Statistics): StackedBar[] {
  return (Object.keys(userStatuses) as UserStatus[]).map((status) => {
    const parts = roles.map((role) => {
      const count = sum(usersByStatus.filter((row) => row.status === status && row.role === role));
      return { key: role, name: count === 1 ? rolesAsOne[role] : rolePlurals[role], count };
    });
    return { key: status, name: userStatuses[status], count: sum(parts), parts };
  });
}

export function usersAnswer(statistics: Statistics): string {
  const { usersByStatus } = statistics;
  const of = (status: UserStatus) => sum(usersByStatus.filter((row) => row.status === status));
  const all = sum(usersByStatus);
  if (all === 0) return 'Nobody has an account yet.';
  const kept = [
    of('blocked') > 0 && `${number.format(of('blocked'))} ${of('blocked') === 1 ? 'is' : 'are'} blocked`,
    of('unconfirmed') > 0 &&
      `${number.format(of('unconfirmed'))} ${of('unconfirmed') === 1 ? 'has' : 'have'} not confirmed their address`,
  ].filter(Boolean);
  const first = `${plural(all, 'person has', 'people have')} an account.`;
  return kept.length === 0 ? `${first} All of them can sign in.` : `${first} Of them ${kept.join(', and ')}.`;
}

export function typeBars({ listingsByType }: Statistics): StackedBar[] {
  const statuses = ListingStatus.options.toSorted((a, b) => rank(a) - rank(b));
  return PropertyType.options
    .map((type) => {
      const parts = statuses.map((status) => ({
        key: status,
        name: listingStatusWords[status],
        count: sum(listingsByType.filter((row) => row.type === type && row.status === status)),
      }));
      const name = typePlurals[type];
      return { key: type, name: `${name[0]?.toUpperCase()}${name.slice(1)}`, count: sum(parts), parts };
    })
    .toSorted((a, b) => b.count - a.count);
}

/** What can be bought first, then what could. */
function rank(status: ListingStatus): number {
  return ['published', 'sold', 'draft', 'archived'].indexOf(status);
}

export function typesAnswer(statistics: Statistics): string {
  const all = sum(statistics.listingsByType);
  if (all === 0) return 'Nothing is listed yet.';
  const best = leaders(typeBars(statistics));
  const names = inWords(best.map(({ key }) => typePlurals[key as PropertyType]));
  const published = sum(statistics.listingsByType.filter(({ status }) => status === 'published'));
  const most = `Most are ${names}: ${number.format(best[0]?.count ?? 0)}${best.length > 1 ? ' each' : ''} of ${number.format(all)}.`;
  if (published === all) return `${most} All are published.`;
  return `${most} ${number.format(published)} ${published === 1 ? 'is' : 'are'} published.`;
}

export function cityBars({ listingsByCity }: Statistics): Bar[] {
  return listingsByCity.map(({ city, count }) => ({
    key: city,
    name: city,
    count,
    path: `/admin/listings?q=${encodeURIComponent(city)}`,
  }));
}

export function citiesAnswer(statistics: Statistics): string {
  const bars = cityBars(statistics);
  if (bars.length === 0) return 'No home with a place is published yet.';
  const all = sum(bars) + statistics.otherCities;
  const best = leaders(bars);
  const count = `${number.format(best[0]?.count ?? 0)}${best.length > 1 ? ' each' : ''} of ${number.format(all)}`;
  return `${inWords(best.map(({ name }) => name))} ${best.length > 1 ? 'have' : 'has'} most homes: ${count}.`;
}

type Ranked = Statistics['mostSaved'];

export function rankedBars(ranked: Ranked): Bar[] {
  return ranked.map(({ id, title, count }) => ({ key: id, name: title, count, path: `/admin/listings/${id}` }));
}

export function viewedAnswer({ items }: MostViewed): string {
  return rankedAnswer(rankedBars(items), {
    none: 'Nobody has looked at a published home in the last 7 days.',
    one: (name, count) => `${name} was looked at most in 7 days: ${plural(count, 'view')}.`,
    some: (homes, count) => `${homes} were looked at most in 7 days: ${plural(count, 'view')} each.`,
  });
}

export function savedAnswer({ mostSaved }: Statistics): string {
  return rankedAnswer(rankedBars(mostSaved), {
    none: 'Nobody has saved a home yet.',
    one: (name, count) => `${name} is saved by most: ${plural(count, 'person', 'people')}.`,
    some: (homes, count) => `${homes} are saved by most: ${plural(count, 'person', 'people')} each.`,
  });
}

export function dealBars({ brokerDeals }: Statistics): Bar[] {
  return brokerDeals.map(({ brokerId, name, count }) => ({
    key: brokerId,
    name,
    count,
    path: `/admin/users/${brokerId}`,
  }));
}

export function dealsAnswer(statistics: Statistics): string {
  const best = leaders(dealBars(statistics));
  const [first] = best;
  if (!first) return 'No broker has sold a home yet.';
  const homes = `${plural(first.count, 'home')}${best.length > 1 ? ' each' : ''}`;
  return `${inWords(best.map(({ name }) => name))} ${best.length > 1 ? 'have' : 'has'} sold most: ${homes}.`;
}

interface RankedWords {
  none: string;
  one: (name: string, count: number) => string;
  some: (homes: string, count: number) => string;
}

/** Titles are long: of several that lead only their number is said, for the chart names them. */
function rankedAnswer(bars: readonly Bar[], { none, one, some }: RankedWords): string {
  const best = leaders(bars);
  const [first] = best;
  if (!first) return none;
  return best.length === 1 ? one(first.name, first.count) : some(plural(best.length, 'home'), first.count);
}

/** Those that have the most; several where they have the same. */
export function leaders<T extends { count: number }>(bars: readonly T[]): T[] {
  const most = Math.max(...bars.map(({ count }) => count));
  return bars.filter(({ count }) => count > 0 && count === most);
}

/** "Folsom", "Folsom and Roseville", "Folsom, Roseville and 3 others". */
function inWords(names: readonly string[]): string {
  if (names.length <= 3) return new Intl.ListFormat('en-GB').format(names);
  return `${names.slice(0, 2).join(', ')} and ${names.length - 2} others`;
}
