import { createHash } from 'node:crypto';
import { AppError } from '@viewora/contracts/errors';
import type { PropertySort, Total } from '@viewora/contracts/property';
import type { PropertyFilter } from '@viewora/contracts/property-filter';
import { invalidInput } from '@viewora/service-kit/errors';
import { z } from 'zod';

/** Where a page ended: the last item's sort key as Postgres prints it, its id, and the total counted for the first page. */
const Position = z.tuple([z.string().max(64), z.uuid(), z.number().int().min(0), z.enum(['exact', 'at_least'])]);

export interface CursorPosition {
  key: string;
  id: string;
  total: z.infer<typeof Total>;
}

/**
 * Cursors are opaque and bound to the search they come from: a checksum over both tells a foreign or damaged one. It guards
 * against mistakes, not against attack; a forged position could only name another place in the same public list.
 */
export function encodeCursor({ key, id, total }: CursorPosition, search: BoundSearch): string {
  const position = JSON.stringify([key, id, total.value, total.relation]);
  return Buffer.from(checksum(position, search) + position).toString('base64url');
}

/** @throws AppError `invalid_input` on the field `cursor`. */
export function decodeCursor(cursor: string, search: BoundSearch): CursorPosition {
  const text = Buffer.from(cursor, 'base64url').toString();
  const position = text.slice(checksumLength);
  if (text.slice(0, checksumLength) !== checksum(position, search)) {
    throw invalidCursor();
  }
  const parsed = Position.safeParse(parseJson(position));
  if (!parsed.success) throw invalidCursor();
  const [key, id, value, relation] = parsed.data;
  return { key, id, total: { value, relation } };
}

/** What a cursor that cannot be followed is answered with. */
export function invalidCursor(cause?: unknown): AppError {
  const { code, message, details } = invalidInput([{ path: 'cursor', message: 'does not belong to this search' }]);
  return new AppError(code, message, details, { cause });
}

/** What a cursor's text says; undefined where it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export type BoundSearch = PropertyFilter & { sort: PropertySort };

const checksumLength = 16;

function checksum(position: string, search: BoundSearch): string {
  return createHash('sha256')
    .update(`${searchKey(search)}\n${position}`)
    .digest('base64url')
    .slice(0, checksumLength);
}

/** Filter and sort in one spelling; page size and facets may change between pages. */
function searchKey(search: BoundSearch): string {
  const relevant = Object.entries(search).filter(
    ([name, value]) => value !== undefined && !['cursor', 'limit', 'facets'].includes(name),
  );
  return JSON.stringify(relevant.sort(([a], [b]) => (a < b ? -1 : 1)));
}
