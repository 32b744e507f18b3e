import type { AdvisedListing, AreaInsight } from '@viewora/contracts/answer';
import { type AnswerFilter, type AnswerView, noAnswerYet } from './answer-view.ts';
import { followUps } from './follow-ups.ts';

const home = { city: 'Folsom' } as AdvisedListing;

function answer(intent: AnswerFilter['intent'], items: AdvisedListing[], more: Partial<AnswerView> = {}): AnswerView {
  const filter = { intent, filter: {}, wishes: [], understood: [], leftOut: [], kept: [] };
  return {
    ...noAnswerYet,
    state: 'done',
    filter,
    results: { items, total: { value: items.length, relation: 'exact' } },
    ...more,
  };
}

const questions = (view: AnswerView) => followUps(view).map(({ question }) => question);

test('only what can be answered is suggested', () => {
  expect(questions(answer('find', [home, home]))).toEqual([
    'cheaper',
    'Compare the first two',
    'Is the first one fairly priced?',
    'What do homes cost in Folsom?',
  ]);
  expect(questions(answer('find', [home]))).not.toContain('Compare the first two');
  expect(questions(answer('find', []))).toEqual([]);
  const areas = [{ label: 'Folsom, CA' }, { label: 'Lincoln' }] as AreaInsight[];
  const results = { items: [home], areas, total: { value: 1, relation: 'exact' as const } };
  expect(questions(answer('compare', [], { results }))).toEqual([
    'Homes for sale in Folsom, CA',
    'Homes for sale in Lincoln',
  ]);
  expect(questions(answer('off_topic', []))).toEqual([]);
});

test('nothing is suggested before an answer is whole', () => {
  for (const state of ['answering', 'stopped', 'broken', 'failed'] as const)
    expect(questions(answer('find', [home, home], { state }))).toEqual([]);
});
