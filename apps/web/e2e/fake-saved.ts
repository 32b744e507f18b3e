import type { ListingDetail, ListingItem } from '@viewora/contracts/listing';
import type { Favourite } from '@viewora/contracts/saved-listing';
import type { PublicProfile, User } from '@viewora/contracts/user';
import type { Page, Route } from 'playwright-core';
import { asha, problem } from './fake-accounts.ts';

/** Somebody who looks for a home. */
export const buyer: User = { ...asha, role: 'buyer', verification: 'not_needed' };

export const broker: PublicProfile = {
  id: '0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f2b',
  name: 'Ravi Nair',
  role: 'broker',
  isVerified: true,
  memberSince: '2026-03-04T10:00:00.000Z',
};

/** The first homes of the market that is running. */
export async function someHomes(webUrl: string, count = 6): Promise<ListingItem[]> {
  const reply = await fetch(`${webUrl}/api/v1/properties?limit=${count}&minBeds=3&sort=price_desc`);
  return ((await reply.json()) as { items: ListingItem[] }).items;
}

export function saved(listing: ListingItem, more: Partial<Favourite> = {}): Favourite {
  return {
    listing,
    id: listing.id,
    title: listing.title,
    savedAt: '2026-05-03T10:00:00.000Z',
    savedPriceMinor: listing.priceMinor,
    note: null,
    ...more,
  };
}

/** What a fake server keeps, and what it was asked to change: `"PUT /me/favourites/ID"`. */
export interface FakeSaved {
  favourites: Favourite[];
  calls: string[];
  bodies: unknown[];
}

interface FakeSavedOptions {
  homes: readonly ListingItem[];
  favourites?: Favourite[];
  /** Items in a page of the list. */
  pageSize?: number;
  /** Answers a call instead: for what goes wrong. */
  instead?: Record<string, (route: Route) => unknown>;
}

/** Answers what is asked about saved homes, comparisons, reports and people, as the contracts say. */
export async function fakeSaved(page: Page, options: FakeSavedOptions): Promise<FakeSaved> {
  const { homes, pageSize = 20, instead = {} } = options;
  const kept: FakeSaved = { favourites: [...(options.favourites ?? [])], calls: [], bodies: [] };
  const find = (id: string) => kept.favourites.find((favourite) => favourite.id === id);
  const add = (id: string): Favourite => {
    const home = homes.find((listing) => listing.id === id);
    const favourite = find(id) ?? saved(home ?? { ...(homes[0] as ListingItem), id });
    if (!find(id)) kept.favourites.unshift(favourite);
    return favourite;
  };

  await page.route(/\/api\/v1\/(me\/favourites|properties\/compare|properties\/[^/]+\/reports|users\/)/, (route) => {
    const request = route.request();
    const url = new URL(request.url());
    const path = url.pathname.replace('/api/v1', '');
    const method = request.method();
    const [, id = ''] = /^\/(?:me\/favourites|users|properties)\/([^/]+)/.exec(path) ?? [];
    kept.calls.push(`${method} ${path}`);
    kept.bodies.push(request.postDataJSON());
    const other = instead[`${method} ${path}`] ?? instead[`${method} ${path.replace(id, ':id')}`];
    if (other) return other(route);
    if (path === '/me/favourites') {
      const from = Number(url.searchParams.get('cursor') ?? 0);
      const items = kept.favourites.slice(from, from + pageSize);
      const next = from + pageSize < kept.favourites.length ? String(from + pageSize) : null;
      return route.fulfill({ json: { items, nextCursor: next, total: kept.favourites.length } });
    }
    if (path === '/me/favourites/ids') return route.fulfill({ json: { ids: kept.favourites.map((one) => one.id) } });
    if (path.endsWith('/note')) {
      const { note } = request.postDataJSON() as { note: string | null };
      return route.fulfill({ json: Object.assign(add(id), { note }) });
    }
    if (method === 'PUT') return route.fulfill({ json: add(id) });
    if (method === 'DELETE') {
      kept.favourites = kept.favourites.filter((favourite) => favourite.id !== id);
      return route.fulfill({ status: 204 });
    }
    if (path === '/properties/compare') {
      const ids = (url.searchParams.get('ids') ?? '').split(',');
      const items = ids.map((one) => homes.find((home) => home.id === one)).filter((home) => home !== undefined);
      return route.fulfill({ json: { items: items.map(detailOf) } });
    }
    if (path.endsWith('/reports')) return route.fulfill({ status: 202, json: {} });
    if (id !== broker.id) return problem({ code: 'not_found', status: 404 })(route);
    if (path.endsWith('/listings')) {
      return route.fulfill({ json: { items: homes, nextCursor: null, total: homes.length } });
    }
    return route.fulfill({ json: broker });
  });
  return kept;
}

/** A home whole, with facts that differ from one to the next. */
export function detailOf(home: ListingItem, i = 0): ListingDetail {
  return {
    ...home,
    description: '',
    address: null,
    priceNegotiable: i % 2 === 0,
    yearRenovated: null,
    ownershipCount: null,
    sellingReason: null,
    nearbyPlaces: [],
    parkingSpaces: i === 1 ? null : i + 1,
    furnishing: null,
    facing: i === 0 ? 'south_east' : 'north',
    media: [],
    ownerId: null,
  };
}

/** A listing's page says whose it is. */
export async function fakeOwner(page: Page, id: string): Promise<void> {
  await page.route(`**/api/v1/properties/${id}`, async (route) => {
    const reply = await route.fetch();
    await route.fulfill({ json: { ...((await reply.json()) as object), ownerId: broker.id } });
  });
}
