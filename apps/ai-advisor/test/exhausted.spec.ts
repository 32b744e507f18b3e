import { type Lab, openLab } from './answer.lab.ts';
import { listing } from './listing.factory.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await openLab({ hasModel: true, environment: { BUDGET_TOKENS: '0' } });
  lab.market.listings = [listing()];
}, 60_000);

afterAll(() => lab?.close());

test('where the budget is used up the rules answer, and say so from the beginning; a draft, too', async () => {
  for (const text of ['house in Folsom', 'a house in Folsom where 3 of us can sleep']) {
    const answer = await lab.answer(text);
    expect(answer.one('status')).toMatchObject({ degraded: true });
    expect(answer.one('results').items).toHaveLength(1);
    expect(answer.prose).toMatch(/^1 home matches: houses, in Folsom\./);
    expect(answer.one('done')).toEqual({ degraded: true, model: 'rules', tokens: 0 });
  }
  const draft = await lab.texts.describe({ type: 'house', beds: 3, city: 'Folsom' }, new AbortController().signal);
  expect(draft).toEqual({ text: 'This 3-bed house is in Folsom.', degraded: true, model: 'rules' });
  expect(lab.gemini.requests).toEqual([]);
});
