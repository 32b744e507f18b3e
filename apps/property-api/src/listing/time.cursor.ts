import { z } from 'zod';
import { invalidCursor, parseJson } from '../search/cursor.ts';

/** Where a page ended that is ordered by a time and an id. */
export interface TimePosition {
  at: string;
  id: string;
}

/** Something in a list, and its place there. */
export interface Placed<Item> {
  item: Item;
  position: TimePosition;
}

/** Postgres knows no year zero. */
const Position = z.tuple([z.iso.datetime().refine((at) => at >= '0001'), z.uuid()]);

/** The column as a position has it: to the microsecond, which a date of JavaScript's would lose, and with it a place in the list. */
export function positionSql(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/** The page of what was found, one more than asked for where there are more. */
export function pageOf<Item>(found: Placed<Item>[], limit: number): { items: Item[]; nextCursor: string | null } {
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    nextCursor: found.length > limit && last ? encodeTimeCursor(last.position) : null,
  };
}

/** Whatever a cursor says, it only names a place in a list that whoever sends it may see whole. */
function encodeTimeCursor({ at, id }: TimePosition): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

/**
 * Null where the list begins.
 * @throws AppError `invalid_input` on the field `cursor`
 */
export function decodeTimeCursor(cursor: string | undefined): TimePosition | null {
  if (cursor === undefined) return null;
  const parsed = Position.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (!parsed.success) throw invalidCursor();
  const [at, id] = parsed.data;
  return { at, id };
}
