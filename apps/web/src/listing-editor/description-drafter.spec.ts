import type { DescribedFacts } from '@viewora/contracts/listing-text';
import type { Draft } from '../api/listing-text-queries.ts';
import { DescriptionDrafter } from './description-drafter.ts';

const { jest } = import.meta;

const facts: DescribedFacts = { type: 'house', beds: 3 };
const draft: Draft = { text: 'This is a 3-bed house.', degraded: true, model: 'rules' };

/** A drafter whose questions are answered when the test says so, and what it has been told to keep. */
function open(former: string | null = null) {
  const asked: { signal: AbortSignal; answer: (reply: Draft) => void; fail: (error: Error) => void }[] = [];
  const kept: (string | null)[] = [];
  const drafter = new DescriptionDrafter(
    {
      ask(_, signal) {
        const { promise, resolve, reject } = Promise.withResolvers<Draft>();
        asked.push({ signal, answer: resolve, fail: reject });
        return promise;
      },
      keepFormer: (words) => kept.push(words),
    },
    former,
  );
  return { drafter, asked, kept };
}

async function offered() {
  const opened = open();
  const asking = opened.drafter.ask(facts);
  opened.asked[0]?.answer(draft);
  await asking;
  return opened;
}

test('a draft is offered beside the field, with what wrote it and from which facts', async () => {
  const { drafter } = await offered();
  expect(drafter.state()).toEqual({ state: 'offered', text: draft.text, by: { ...draft, facts } });
});

test('stopping ends the request, and what comes all the same is not shown', async () => {
  const { drafter, asked } = open();
  const [first, second] = [drafter.ask(facts), drafter.ask(facts)];
  drafter.stop();
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, true]);
  asked[0]?.answer(draft);
  asked[1]?.fail(new Error('stopped'));
  await Promise.all([first, second]);
  expect(drafter.state()).toEqual({ state: 'idle' });
});

test('of two questions only the later one’s answer is shown', async () => {
  const { drafter, asked } = open();
  const first = drafter.ask(facts);
  const second = drafter.ask(facts);
  asked[1]?.answer(draft);
  asked[0]?.answer({ ...draft, text: 'Late.' });
  await Promise.all([first, second]);
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  expect(drafter.state()).toMatchObject({ state: 'offered', text: draft.text });
});

test('a failure says so, and the next try begins anew', async () => {
  const { drafter, asked } = open();
  const error = new Error('away');
  const asking = drafter.ask(facts);
  asked[0]?.fail(error);
  await asking;
  expect(drafter.state()).toEqual({ state: 'failed', error });
  void drafter.ask(facts);
  expect(drafter.state()).toEqual({ state: 'asked' });
});

test('the words whose place a draft takes are kept, and undoing brings them back', async () => {
  const { drafter, kept } = await offered();
  expect(drafter.take('My own words', 'instead')).toBe(draft.text);
  expect(kept).toEqual(['My own words']);
  expect(drafter.undo(draft.text)).toBe('My own words');
  expect(kept.at(-1)).toBeNull();
});

test('undoing loses nothing of what was changed in the draft meanwhile: it is on offer again', async () => {
  const { drafter } = await offered();
  drafter.take('My own words', 'instead');
  expect(drafter.undo('This is a bright 3-bed house.')).toBe('My own words');
  expect(drafter.state()).toEqual({ state: 'offered', text: 'This is a bright 3-bed house.', by: null });
  expect(drafter.take('My own words', 'instead')).toBe('This is a bright 3-bed house.');
});

test('a draft below one’s own words leaves them as they are', async () => {
  const { drafter } = await offered();
  expect(drafter.take('My own words\n', 'below')).toBe(`My own words\n\n${draft.text}`);
});

test('a field that was empty is empty again, and there is nothing to keep', async () => {
  const { drafter, kept } = await offered();
  drafter.take('', 'instead');
  expect(kept).toEqual([null]);
  expect(drafter.undo(draft.text)).toBe('');
});

test('words kept from before a reload can be brought back, until their writer says that they are not needed', () => {
  const { drafter, kept } = open('My own words');
  expect(drafter.undo('A draft')).toBe('My own words');
  const other = open('My own words');
  other.drafter.settle();
  expect(other.drafter.state()).toEqual({ state: 'idle' });
  expect([kept, other.kept]).toEqual([[null], [null]]);
});

test('whoever shows it hears of every change', async () => {
  const { drafter } = await offered();
  const heard = jest.fn();
  drafter.subscribe(heard);
  drafter.take('', 'instead');
  drafter.settle();
  expect(heard).toHaveBeenCalledTimes(2);
});
