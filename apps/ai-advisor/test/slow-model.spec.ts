import { hostileAnswers } from '@viewora/testkit/gemini';
import { type Lab, openLab } from './answer.lab.ts';
import { listing } from './listing.factory.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await openLab({ hasModel: true, environment: { GEMINI_STALL_TIMEOUT_MS: '60000' } });
  lab.market.listings = [listing()];
}, 60_000);

afterAll(() => lab?.close());

test('a model that takes too long to read a question is not waited for, and not asked again to word the answer', async () => {
  lab.gemini.script(hostileAnswers.stalled);
  const answer = await lab.answer('a house in Folsom where 3 of us can sleep');
  expect(answer.one('filter').filter).toEqual({ type: ['house'], place: 'Folsom' });
  expect(answer.one('done')).toEqual({ degraded: true, model: 'rules', tokens: 0 });
  // Words are turned into vectors by another model.
  const asked = lab.gemini.requests.filter(({ method }) => method !== 'batchEmbedContents');
  expect(asked.map(({ method, isCancelled }) => [method, isCancelled])).toEqual([['generateContent', true]]);
}, 20_000);
