import { analyticsApi } from '@viewora/contracts/analytics';
import { mostBadged } from '@viewora/contracts/ranking';
import { call } from '../api/api-client.ts';
import { queryClient } from '../api/query-client.ts';
import { badgeKey } from './badge.ts';

const freshMs = 5 * 60_000;
/** Asked for and not answered yet: a list that grows meanwhile asks for the rest alone. */
const asked = new Set<string>();

/** Reads the badges of those whose badge is not known, or not lately; as many at once as may be asked for. */
export async function readBadges(ids: readonly string[]): Promise<void> {
  const wanted = ids.filter((id) => !asked.has(id) && !isFresh(id));
  for (let i = 0; i < wanted.length; i += mostBadged) await readSome(wanted.slice(i, i + mostBadged));
}

async function readSome(ids: string[]): Promise<void> {
  for (const id of ids) asked.add(id);
  try {
    const { items } = await call(analyticsApi.badges, { ids });
    const badges = new Map(items.map(({ propertyId, badge }) => [propertyId, badge]));
    for (const id of ids) queryClient.setQueryData(badgeKey(id), badges.get(id) ?? null);
  } finally {
    for (const id of ids) asked.delete(id);
  }
}

function isFresh(id: string): boolean {
  const at = queryClient.getQueryState(badgeKey(id))?.dataUpdatedAt ?? 0;
  return Date.now() - at < freshMs;
}
