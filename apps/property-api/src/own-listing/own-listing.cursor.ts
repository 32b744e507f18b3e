import type { OwnListingItem } from '@viewora/contracts/own-listing';
import { z } from 'zod';
import { invalidCursor, parseJson } from '../search/cursor.ts';
import type { OwnPosition } from './own-listing.repository.ts';

const Position = z.tuple([z.iso.datetime().refine((at) => at >= '1970'), z.uuid()]);

/** Where a page of one's own listings ended. Whatever it says, it only names a place in one's own list. */
export function encodeOwnCursor({ updatedAt, id }: OwnListingItem): string {
  return Buffer.from(JSON.stringify([updatedAt, id])).toString('base64url');
}

/** @throws AppError `invalid_input` on the field `cursor` */
export function decodeOwnCursor(cursor: string): OwnPosition {
  const parsed = Position.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (!parsed.success) throw invalidCursor();
  const [updatedAt, id] = parsed.data;
  return { updatedAt, id };
}
