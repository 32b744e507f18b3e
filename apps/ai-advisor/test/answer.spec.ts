import { AnswerPart } from '@viewora/contracts/answer';
import { type Lab, openLab } from './answer.lab.ts';
import { listing } from './listing.factory.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await openLab({ hasModel: false });
}, 60_000);

afterAll(() => lab?.close());

beforeEach(() => {
  lab.market.listings = [
    listing({ price: 450_000, beds: 4, sqft: 2_000 }),
    listing({ price: 390_000, yearBuilt: 2005 }),
    listing({ price: 620_000, city: 'Roseville', type: 'flat' }),
  ];
  lab.market.away.clear();
});

test('an answer says what was understood, what was found, and the same in words with its sources, in parts of the contract', async () => {
  const [first] = lab.market.listings;
  const answer = await lab.answer('3 bed house in Folsom under 460k');
  expect(answer.events.filter((event) => event !== 'delta' && event !== 'citation')).toEqual([
    'status',
    'filter',
    'results',
    'done',
  ]);
  for (const part of answer.parts) AnswerPart.parse(part);
  expect(answer.one('filter').filter).toEqual({
    minBeds: 3,
    type: ['house'],
    place: 'Folsom',
    maxPriceMinor: 46_000_000,
  });
  expect(answer.one('results')).toMatchObject({ items: [{ id: first?.id }, {}], total: { value: 2 } });
  expect(answer.prose).toMatch(
    /^2 homes match: houses, .* 4-bed house in Folsom \[1\]: \$450,000, 4 bedrooms, 2 baths, 2,000 sqft/,
  );
  expect(answer.all('citation')).toMatchObject([{ number: 1, kind: 'listing', id: first?.id }, { number: 2 }]);
  expect(answer.one('done')).toEqual({ degraded: true, model: 'rules', tokens: 0 });
});

test('where nothing is found, it says so and what may help', async () => {
  const answer = await lab.answer('house in Folsom under 100k');
  expect(answer.one('results')).toEqual({ items: [], total: { value: 0, relation: 'exact' } });
  expect(answer.prose).toMatch(/Nothing on the market matches .* higher price/);
});
