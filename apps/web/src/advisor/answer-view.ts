import type { AnswerDataOf, AnswerPart } from '@viewora/contracts/answer';

export type Citation = AnswerDataOf<'citation'>;
export type AnswerResults = AnswerDataOf<'results'>;
export type AnswerFilter = AnswerDataOf<'filter'>;

/**
 * How far an answer is. `stopped` by whoever asked; `broken`: it may go on, but cannot be read just now; `interrupted`, `failed`:
 * it will not.
 */
export type AnswerState = 'answering' | 'done' | 'stopped' | 'broken' | 'interrupted' | 'failed';
export type UnfinishedState = Extract<AnswerState, 'broken' | 'interrupted' | 'failed'>;

/** What a page shows of an answer, as far as it has come. */
export interface AnswerView {
  state: AnswerState;
  /** Null until the first part is here. */
  runId: string | null;
  degraded: boolean;
  filter: AnswerFilter | null;
  results: AnswerResults | null;
  prose: string;
  citations: readonly Citation[];
}

export const noAnswerYet: AnswerView = {
  state: 'answering',
  runId: null,
  degraded: false,
  filter: null,
  results: null,
  prose: '',
  citations: [],
};

/** The answer with one part more. */
export function withPart(view: AnswerView, { event, data }: AnswerPart): AnswerView {
  switch (event) {
    case 'status':
      // An answer that is read from its beginning again is not said twice.
      return { ...noAnswerYet, runId: data.runId, degraded: data.degraded };
    case 'filter':
      return { ...view, filter: data };
    case 'results':
      return { ...view, results: data };
    case 'delta':
      return { ...view, prose: view.prose + data.text };
    case 'citation':
      return { ...view, citations: [...view.citations.filter(({ number }) => number !== data.number), data] };
    case 'done':
      return { ...view, state: 'done', degraded: data.degraded };
  }
}

/** All parts of an answer at once, as they are kept. */
export function viewOf(parts: readonly AnswerPart[], state?: AnswerState): AnswerView {
  const view = parts.reduce(withPart, noAnswerYet);
  return state === undefined ? view : { ...view, state };
}

/** Whether it has said anything yet. */
export function hasBegun({ results, prose }: AnswerView): boolean {
  return prose !== '' || (results !== null && results.items.length > 0);
}

/** What prices are in that name no currency. Answers of earlier versions do not say it, but where they found homes. */
export function currencyOf({ filter, results }: Pick<AnswerView, 'filter' | 'results'>): string {
  const found = results?.area ?? results?.areas?.[0] ?? results?.items[0];
  return filter?.filter.currency ?? filter?.currency ?? found?.currency ?? 'INR';
}
