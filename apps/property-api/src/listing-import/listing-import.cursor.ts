import { z } from 'zod';
import { invalidCursor, parseJson } from '../search/cursor.ts';

/** Where a page ended: an import's id, or a line of its file. Whatever it says, it only names a place in one's own list. */
export function encodePosition(position: string | number): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws AppError `invalid_input` on the field `cursor` */
export function decodePosition<S extends z.ZodType>(schema: S, cursor: string | undefined): z.output<S> | null {
  if (cursor === undefined) return null;
  const parsed = schema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (!parsed.success) throw invalidCursor();
  return parsed.data;
}
