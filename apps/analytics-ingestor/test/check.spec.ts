import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { AnalyticsCheck } from '@viewora/contracts/analytics-check';
import { AppError } from '@viewora/contracts/errors';
import { eventOf, Lab } from './lab.ts';

let lab: Lab;

beforeEach(async () => {
  lab = await Lab.open();
});

afterEach(() => lab?.close());

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const at = (n: number) => new Date(Date.UTC(2026, 0, 1, n)).toISOString();

/** Events in each of some minutes, settled; the hour has passed. */
async function someEvents(listings: string[], minutes = 3): Promise<number> {
  let sent = 0;
  for (let minute = 0; minute < minutes; minute++) {
    const events = listings.flatMap((id) => [
      eventOf(id),
      eventOf(id, { type: 'contact' }),
      eventOf(id, { type: 'photo' }),
    ]);
    await lab.send(events);
    sent += events.length;
    await lab.drained();
    await lab.passMinutes();
  }
  await lab.setClock((await lab.clock()) + hourMs);
  await lab.settled();
  return sent;
}

async function check(n: number): Promise<AnalyticsCheck> {
  const [latest] = await lab.check(at(n));
  if (!latest) throw new Error('nothing was told');
  return latest;
}

/** What DynamoDB has in all. */
const stored = async () => [await lab.items('PropertyViewEvents'), await lab.items('PropertyInterestEvents')];

/** Says something of a span of a listing, whatever is true. */
async function say(listing: string, timestamp: string, attribute: string, number: number): Promise<void> {
  await lab.dynamoDbClient.send(
    new UpdateItemCommand({
      TableName: 'PropertyViewEvents',
      Key: { property_id: { S: listing }, timestamp: { S: timestamp } },
      UpdateExpression: 'SET #name = :number',
      ExpressionAttributeNames: { '#name': attribute },
      ExpressionAttributeValues: { ':number': { N: String(number) } },
    }),
  );
}

test('an archive that is whole, with figures that are what it says, is told so; the same time is looked at once', async () => {
  // Far from midnight: a day that ends is compared as well.
  await lab.setClock(Math.ceil((await lab.clock()) / dayMs) * dayMs + dayMs / 2);
  await check(1);
  const sent = await someEvents(lab.listings(20));
  const before = await stored();
  const report = await check(2);
  expect(report).toMatchObject({ events: sent, problems: [], problemCount: 0, figures: { wrong: 0, repaired: 0 } });
  // Three minutes and their hour, of twenty listings.
  expect(report.figures.compared).toBe(20 * 4);
  expect(await lab.check(at(2))).toHaveLength(2);
  // What was looked at is not looked at again.
  expect(await check(3)).toMatchObject({ events: 0, minutes: 0, problems: [] });
  expect(await stored()).toEqual(before);
}, 60_000);

test('figures that are less or more than the events say are written anew: minutes, hours and days', async () => {
  await check(1);
  const [first = '', second = ''] = lab.listings(2);
  await someEvents([first, second]);
  await lab.setClock((await lab.clock()) + 25 * hourMs);
  await lab.settled();
  const before = await stored();
  for (const key of Object.keys(before[0] ?? {})) {
    const [listing = '', timestamp = ''] = key.split(' ');
    const [name = ''] = Object.keys(before[0]?.[key] ?? {}).filter((attribute) => /^m\d+$/.test(attribute));
    await say(listing, timestamp, name, listing === first ? 0 : 99);
  }
  const hourItem = Object.keys(before[0] ?? {}).find((key) => key.startsWith(`${first} H#`)) ?? '';
  await say(first, hourItem.split(' ')[1] ?? '', 'm59', 7);
  const { figures, problems } = await check(2);
  expect(problems).toEqual([]);
  expect(figures.repaired).toBe(figures.wrong);
  expect(figures.wrong).toBeGreaterThanOrEqual(6);
  const after = await stored();
  // A minute of which there is no event is nothing, said or not.
  for (const attributes of Object.values(after[0] ?? {})) if (attributes.m59 === '0') delete attributes.m59;
  expect(after).toEqual(before);
  expect((await check(3)).figures).toMatchObject({ wrong: 0 });
}, 60_000);

test('a minute that is missing, and one that cannot be read, are found; what the figures know more than that is left to them', async () => {
  await check(1);
  await someEvents(lab.listings(40), 2);
  const before = await stored();
  const [lost = '', broken = ''] = await lab.storage.keys('analytics/v1/');
  await fetch(`${lab.storage.url}/${lost}`, { method: 'DELETE' });
  await fetch(`${lab.storage.url}/${broken}`, { method: 'PUT', body: 'not what it was' });
  const { problems, figures } = await check(2);
  const partitionOf = (key: string) => Number(/\.(\d\d)\./.exec(key)?.[1]);
  expect(problems.map(({ kind, partition }) => [kind, partition]).sort()).toEqual([
    ['missing', partitionOf(lost)],
    ['missing', partitionOf(broken)],
    ['unreadable', partitionOf(broken)],
  ]);
  expect(problems.find(({ kind }) => kind === 'missing')?.detail).toMatch(/admitted: \d+ by the ledger/);
  expect(figures.wrong).toBeGreaterThan(0);
  expect(figures.repaired).toBe(0);
  expect(await stored()).toEqual(before);
}, 60_000);

test('while DynamoDB is away nothing is told, and the next time looks at all of it', async () => {
  await check(1);
  const sent = await someEvents(lab.listings(5));
  await lab.dynamoDb.halt();
  await expect(lab.check(at(2))).rejects.toThrow(AppError);
  await lab.dynamoDb.resume();
  expect(await check(3)).toMatchObject({ events: sent, problems: [], figures: { wrong: 0 } });
}, 90_000);
