import type { Market } from '@viewora/contracts/market';
import { propertyApi } from '@viewora/contracts/property';
import type { Before } from '../src/answer/answer.service.ts';
import { type Answer, after, type Lab, openLab } from './answer.lab.ts';
import { unsupportedNumbers } from './groundedness.ts';
import { listing, market } from './listing.factory.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await openLab({ hasModel: true });
}, 60_000);

afterAll(() => lab?.close());

/** Another place, at so much of what is asked in Folsom. */
function marketOf(name: string, share: number): Market {
  const folsom = market({ '2025-09-01': 280_000, '2026-09-01': 308_000 });
  const { priceMinor, pricePerSqmMinor } = folsom.now;
  const scaled = (value: number | null) => value && Math.round(value * share);
  const now = {
    ...folsom.now,
    listings: Math.round(17 * share),
    priceMinor: { ...priceMinor, value: scaled(priceMinor.value) },
    pricePerSqmMinor: { ...pricePerSqmMinor, value: scaled(pricePerSqmMinor.value) },
  };
  return { ...folsom, key: name.toLowerCase(), name, label: `${name}, CA`, now };
}

beforeEach(() => {
  lab.market.listings = [
    ...[450_000, 240_000, 410_000, 405_000, 420_000].map((price) => listing({ price })),
    listing({ price: 620_000, city: 'Roseville', type: 'flat' }),
    listing({ price: 480_000, city: 'Roseville' }),
    listing({ price: 333_000, city: 'Lincoln' }),
  ];
  lab.market.markets = [marketOf('Folsom', 1), marketOf('Roseville', 0.5), marketOf('Lincoln', 2)];
  lab.market.away.clear();
  lab.gemini.requests.length = 0;
});

/** What the rules say, or a model that has this to say. */
async function ask(text: string, before: Before | null = null, ...written: string[]): Promise<Answer> {
  lab.gemini.script(...(written.length > 0 ? written.map((one) => ({ texts: [one] })) : [{ texts: ['No token.'] }]));
  const answer = await lab.answer(text, { before });
  expect(unsupportedNumbers(answer, lab.market)).toEqual([]);
  return answer;
}

const citiesOf = (answer: Answer) => answer.one('results').items.map(({ city }) => city);

test('places are compared by their markets, each cited, with as many homes of each', async () => {
  const answer = await ask('compare Folsom and Roseville');
  const { filter, places, leftOut, wishes } = answer.one('filter');
  expect({ filter, places, leftOut, wishes }).toEqual({
    filter: { place: 'Folsom' },
    places: ['Folsom', 'Roseville'],
    leftOut: [],
    wishes: [],
  });
  const { areas, area, comparison, total } = answer.one('results');
  expect(areas?.map(({ label, now }) => [label, now.priceMinor.value])).toEqual([
    ['Folsom, CA', 52_000_000],
    ['Roseville, CA', 26_000_000],
  ]);
  expect([area, comparison, total]).toEqual([undefined, undefined, { value: 7, relation: 'exact' }]);
  expect(citiesOf(answer)).toEqual([...Array(4).fill('Folsom'), ...Array(2).fill('Roseville')]);
  expect(answer.prose.split('\n')).toEqual([
    'Side by side: Folsom, CA [1] and Roseville, CA [2].',
    expect.stringMatching(
      /^- Folsom, CA \[1\]: 17 homes on the market, \$520,000 in the median, .* 10% more than those/,
    ),
    expect.stringMatching(/^- Roseville, CA \[2\]: 9 homes on the market, \$260,000 in the median, /),
    'Roseville, CA [2] asks least in the median: $260,000. Roseville, CA [2] asks least by size: $139 per sqft. Folsom, CA [1] has most on the market: 17 homes.',
  ]);
  expect(answer.all('citation').map(({ kind, id }) => [kind, id])).toEqual([
    ['market', 'folsom'],
    ['market', 'roseville'],
  ]);
});

test('what is said of the homes holds for every place, and four are compared at most', async () => {
  const answer = await ask(
    'which is cheaper for houses under 500k: Folsom, Roseville, Lincoln, Elk Grove or Sacramento?',
  );
  expect(answer.one('filter').places).toEqual(['Folsom', 'Roseville', 'Lincoln', 'Elk Grove']);
  expect(answer.one('filter').leftOut).toMatchObject([{ text: 'Sacramento', reason: 'one_place' }]);
  expect(citiesOf(answer)).toEqual(['Folsom', 'Folsom', 'Roseville', 'Lincoln']);
  expect(answer.one('results').items.every(({ type, priceMinor }) => type === 'house' && priceMinor < 50_000_000)).toBe(
    true,
  );
});

test('where one kind of home is asked about, the figures are of that kind, and say so', async () => {
  const [folsom, roseville] = lab.market.markets;
  if (!folsom || !roseville) throw new Error('both are there');
  lab.market.markets = [folsom, roseville].map((one, i) => ({
    ...one,
    byType: [
      {
        ...one.now,
        type: 'house' as const,
        listings: 3 + i,
        priceMinor: { ...one.now.priceMinor, value: 40_000_000 + i },
      },
    ],
  }));
  const answer = await ask('compare houses in Folsom and Roseville');
  expect(answer.one('results').areas?.map(({ type, now }) => [type, now.listings])).toEqual([
    ['house', 3],
    ['house', 4],
  ]);
  expect(answer.prose).toMatch(/: 3 houses on the market, \$400,000 in the median/);
});

test('a place without a market is said to have none, and is not made up', async () => {
  const answer = await ask('Folsom vs Elk Grove');
  expect(answer.one('results').areas?.map(({ key }) => key)).toEqual(['folsom']);
  expect(answer.prose).toMatch(/Of the rest no market is known\.$/);
  lab.market.away.add(propertyApi.market.name);
  await expect(lab.answer('Folsom vs Roseville')).rejects.toMatchObject({ code: 'unavailable' });
});

test('a comparison of places goes on: another place, another condition, one of the homes, another search', async () => {
  const first = after(await ask('compare Folsom and Roseville'));
  expect((await ask('and Lincoln?', first)).one('filter')).toMatchObject({
    intent: 'compare',
    places: ['Folsom', 'Roseville', 'Lincoln'],
  });
  const houses = await ask('only houses', first);
  expect(houses.one('filter')).toMatchObject({
    places: ['Folsom', 'Roseville'],
    filter: { place: 'Folsom', type: ['house'] },
  });
  expect(citiesOf(houses)).toEqual([...Array(4).fill('Folsom'), 'Roseville']);
  const picked = await ask('tell me about the first one', first);
  expect(picked.one('filter')).toMatchObject({ intent: 'find' });
  expect(picked.one('filter')).not.toHaveProperty('places');
  expect((await ask('homes in Lincoln', first)).one('filter')).not.toHaveProperty('places');
  expect((await ask('anywhere', first)).one('filter')).not.toHaveProperty('places');
});

test('a place of the answer before is compared with another, with what was asked of its homes', async () => {
  const before = {
    intent: 'find' as const,
    filter: { place: 'Folsom', minBeds: 3 },
    listingIds: ['a', 'b'],
    choiceIds: ['a', 'b'],
    shownIds: [],
  };
  expect((await ask('compare it with Roseville', before)).one('filter')).toMatchObject({
    intent: 'compare',
    places: ['Folsom', 'Roseville'],
    filter: { place: 'Folsom', minBeds: 3 },
  });
  expect((await ask('which is cheaper, Roseville or Lincoln?', before)).one('filter')).toMatchObject({
    places: ['Roseville', 'Lincoln'],
    filter: { place: 'Roseville' },
  });
});

test.each([
  ['{{A2}}, at {{A2.price}}, is cheaper than {{A1}}.', true],
  ['{{A1}} is cheaper than {{A2}}.', false],
  ['{{A1}} asks most, {{A2.price}}.', false],
  ['{{A2}} is the cheapest, and {{A1}} has more homes than {{A2}}.', true],
  ['{{A1}} is the cheapest.', false],
  ['{{A2}} has more homes than {{A1}}.', false],
  ['Homes sell faster in {{A2}}.', false],
  ['{{A1}} is a quiet place.', false],
  ['{{A1}} is safer than {{A2}}.', false],
  ['{{A1}} asks {{A2.price}}.', false],
  ['{{L1}} lies in {{A1}}.', true],
  ['{{L1}} lies in {{A2}}.', false],
  ['{{L1}} lies in Folsom.', true],
  ['{{L1}} lies in Roseville.', false],
])('a model’s sentence about places is said only as far as their figures bear it out: %s', async (sentence, isSaid) => {
  const answer = await ask(
    'compare Folsom and Roseville',
    null,
    `{{A1}} asks {{A1.price}}. {{A2}} asks {{A2.price}}. ${sentence}`,
  );
  expect(answer.one('done')).toMatchObject({ degraded: false });
  const said = answer.prose.split('. ').length;
  expect(said).toBe(isSaid ? 3 : 2);
});

test('a model tells that places are weighed, only of those that the question names, and adds none', async () => {
  const text = 'Folsom or Roseville, what does my money get me?';
  const call = (places: string[], intent = 'compare') => ({
    calls: [{ name: 'search_homes', args: { intent, places } }],
  });
  lab.gemini.script(call(['Folsom', 'Roseville', 'Lincoln']), { texts: ['{{A1}} asks {{A1.price}}.'] });
  expect((await lab.answer(text)).one('filter')).toMatchObject({ intent: 'compare', places: ['Folsom', 'Roseville'] });
  for (const invented of [call(['Lincoln', 'Elk Grove']), call(['Folsom', 'Roseville'], 'find')]) {
    lab.gemini.script(invented, { texts: ['{{L1}} asks {{L1.price}}.'] });
    const found = (await lab.answer(text)).one('filter');
    expect(found).toMatchObject({ intent: 'find', filter: { place: 'Folsom' }, leftOut: [{ reason: 'one_place' }] });
    expect(found).not.toHaveProperty('places');
  }
});
