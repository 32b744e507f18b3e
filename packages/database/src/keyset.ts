import { invalidInput } from '@viewora/service-kit/errors';
import { z } from 'zod';

/** Where a page of a list by time ended. */
export interface Position {
  /** Whole milliseconds, as the columns have them. */
  at: string;
  id: string;
}

const Text = z.tuple([z.iso.datetime().refine((at) => at >= '1970'), z.uuid()]);

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** A page of what was read: one more than asked for, where there are more. */
export function pageOf<Item>(found: Item[], limit: number, positionOf: (item: Item) => Position): Page<Item> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: found.length > limit && last ? encode(positionOf(last)) : null };
}

/** Whatever a cursor says, it only names a place in a list that its reader may see. @throws AppError `invalid_input` */
export function positionOf(cursor: string | undefined): Position | null {
  if (cursor === undefined) return null;
  const parsed = Text.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (!parsed.success) throw invalidInput([{ path: 'cursor', message: 'does not belong to this list' }]);
  const [at, id] = parsed.data;
  return { at, id };
}

function encode({ at, id }: Position): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
