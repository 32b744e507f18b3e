import type { AnswerPart } from '@viewora/contracts/answer';
import { currencyOf, noAnswerYet, viewOf, withPart } from './answer-view.ts';

const runId = '0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a';
const status: AnswerPart = { event: 'status', data: { runId, degraded: false } };
const filter: Extract<AnswerPart, { event: 'filter' }> = {
  event: 'filter',
  data: { intent: 'find', filter: { minBeds: 3 }, wishes: [], understood: [], leftOut: [], kept: [] },
};
const results: AnswerPart = { event: 'results', data: { items: [], total: { value: 0, relation: 'exact' } } };
const delta = (text: string): AnswerPart => ({ event: 'delta', data: { text } });
const citation = (title: string): AnswerPart => ({
  event: 'citation',
  data: { number: 1, kind: 'market', id: 'folsom', title },
});
const done: AnswerPart = { event: 'done', data: { degraded: true, model: 'rules', tokens: 0 } };

test('an answer grows by its parts until it is done', () => {
  const parts = [status, filter, results, citation('Folsom'), delta('None '), delta('is for sale [1].')];
  const view = viewOf(parts);
  expect(view).toMatchObject({ state: 'answering', runId, prose: 'None is for sale [1].', degraded: false });
  expect(view.filter?.filter).toEqual({ minBeds: 3 });
  expect(view.citations).toHaveLength(1);
  expect(withPart(view, done)).toMatchObject({ state: 'done', prose: 'None is for sale [1].' });
});

test('a model that was given up on the way leaves the label of an answer by rules', () => {
  expect(viewOf([status, done]).degraded).toBe(true);
});

test('an answer that is read from its beginning again is not said twice', () => {
  const once = [status, filter, citation('Folsom'), delta('None.')];
  expect(viewOf([...once, ...once])).toEqual(viewOf(once));
});

test('of a citation that comes twice the later stands', () => {
  expect(viewOf([status, citation('Folsom'), citation('Folsom, CA')]).citations.map(({ title }) => title)).toEqual([
    'Folsom, CA',
  ]);
});

test('what was kept of an answer that never ended says how it ended', () => {
  expect(viewOf([status, delta('Half a')], 'stopped')).toMatchObject({ state: 'stopped', prose: 'Half a' });
  expect(viewOf([])).toEqual(noAnswerYet);
});

test('a price without a currency is in that of the market, whether homes are found or not', () => {
  const data = { ...filter.data, currency: 'USD' };
  expect(currencyOf(viewOf([status, { event: 'filter', data }]))).toBe('USD');
  expect(currencyOf(viewOf([status, { event: 'filter', data }, results]))).toBe('USD');
  const inEuros = { ...data, filter: { currency: 'EUR' } };
  expect(currencyOf(viewOf([status, { event: 'filter', data: inEuros }, results]))).toBe('EUR');
});
