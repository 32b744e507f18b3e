import type { PropertyFilter } from '@viewora/contracts/property-filter';

/**
 * The indexes searches run on, by name. They are here and not only in a migration because an import into an empty market
 * builds them after the rows. Each holds every fact a filter can ask for, so that a page is found without touching the
 * table; all but the last are limited to what the public may see. `docs/adr/0003` has the measurements behind the choice.
 */
/** What every search index holds beside its keys, so that a filter is answered without the table. */
export const factColumns = ['type', 'price_minor', 'currency', 'area_sqm', 'beds', 'baths', 'year_built', 'lat', 'lon'];

/** From here on a listing is one of few, in an index of their own: who asks for them must not look through all. */
const largeBeds = 6;
const largeBaths = 4;

/** Whether the index of large listings holds every match, wherever it lies. */
export function asksForLarge({ minBeds = 0, minBaths = 0 }: PropertyFilter): boolean {
  return minBeds >= largeBeds || minBaths >= largeBaths;
}

function including(keys: string[], extra: string[] = []): string {
  return [...factColumns, ...extra].filter((column) => !keys.includes(column)).join(', ');
}

function ordered(columns: string[]): string {
  return `(${columns.join(', ')}) INCLUDE (${including(
    columns.map((column) => column.split(' ')[0] ?? column),
    columns.some((column) => column.startsWith('listed_at')) ? [] : ['listed_at'],
  )}) WHERE is_public`;
}

const newest = ['listed_at DESC', 'id DESC'];
const price = ['currency', 'price_minor', 'id'];

export const searchIndexes: Record<string, string> = {
  listing_newest: `listing ${ordered(newest)}`,
  listing_price: `listing ${ordered(price)}`,
  listing_area: `listing ${ordered(['(coalesce(area_sqm, 0)) DESC', 'id DESC'])}`,
  listing_c8_newest: `listing ${ordered(['c8', ...newest])}`,
  listing_c8_price: `listing ${ordered(['c8', ...price])}`,
  listing_c11_newest: `listing ${ordered(['c11', ...newest])}`,
  listing_c11_price: `listing ${ordered(['c11', ...price])}`,
  listing_loc: `listing USING gist (loc) INCLUDE (id, listed_at, ${factColumns.join(', ')}) WHERE is_public`,
  listing_large: `listing (beds, baths) INCLUDE (${including(['beds', 'baths'], ['id', 'listed_at'])}) WHERE is_public AND (beds >= ${largeBeds} OR baths >= ${largeBaths})`,
  listing_words: 'listing USING gin (words) WHERE is_public',
  listing_places: 'listing USING gin (place_keys) WHERE is_public',
  // Administrators search in every state, the last changed first; with the type it also counts the market.
  listing_state: 'listing (status, updated_at DESC, id DESC) INCLUDE (type)',
};

export function createIndexSql(name: string): string {
  return `CREATE INDEX IF NOT EXISTS ${name} ON ${searchIndexes[name]}`;
}
