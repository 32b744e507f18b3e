import type { INestApplicationContext } from '@nestjs/common';
import type { Call } from '@viewora/contracts/call';
import type { AppError } from '@viewora/contracts/errors';
import type { ListingDraft } from '@viewora/contracts/own-listing';
import type { Role } from '@viewora/contracts/service';
import { DataSource } from 'typeorm';

/** A call as it arrives here, on somebody's behalf. */
export function by(userId: string, more: Partial<Call> = {}, role: Role = 'seller'): Call {
  return callOf({ kind: 'user', userId, role }, more);
}

export function byVisitor(more: Partial<Call> = {}): Call {
  return callOf({ kind: 'anonymous' }, more);
}

function callOf(actor: Call['actor'], more: Partial<Call>): Call {
  const id = crypto.randomUUID();
  return { id, actor, requestId: id, delivery: 1, signal: AbortSignal.timeout(30_000), ...more };
}

/** Code, status and fields of the error that the work fails with. */
export async function refusal(work: Promise<unknown>): Promise<[string, number | undefined, string[] | undefined]> {
  const error = await work.then(
    () => undefined,
    (thrown: AppError) => thrown,
  );
  if (!error) throw new Error('it was not refused');
  return [error.code, error.details?.status, error.details?.errors?.map(({ path }) => path)];
}

/** Everything that a listing needs before it is published. */
export const complete: ListingDraft = {
  type: 'house',
  priceMinor: 45_000_000,
  currency: 'USD',
  beds: 3,
  baths: 2,
  areaValue: 1_500,
  areaUnit: 'sqft',
  city: 'Galt',
  location: { lat: 38.25, lon: -121.3 },
};

/** How many statements the work sends to the database. */
export async function statementsOf(app: INestApplicationContext, work: () => Promise<unknown>): Promise<number> {
  const dataSource = app.get(DataSource);
  const { query } = dataSource;
  let statements = 0;
  const counting = (...parameters: Parameters<typeof query>) => {
    statements++;
    return query.apply(dataSource, parameters);
  };
  Object.assign(dataSource, { query: counting });
  await work();
  Object.assign(dataSource, { query });
  return statements;
}
