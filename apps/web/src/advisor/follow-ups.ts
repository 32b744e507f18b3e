import type { AnswerView } from './answer-view.ts';

/** What to ask next: a chip's words, and the question it stands for. */
export interface FollowUp {
  label: string;
  question: string;
}

const said = (question: string): FollowUp => ({ label: question, question });

/** What people ask after such an answer, as far as it can be answered. */
export function followUps({ state, filter, results }: AnswerView): FollowUp[] {
  if (state !== 'done' || !filter || !results) return [];
  const { items, area, areas = [] } = results;
  const [first] = items;
  const place = filter.filter.place ?? first?.city ?? null;
  const market = place === null ? [] : [said(`What do homes cost in ${place}?`)];
  switch (filter.intent) {
    case 'find':
      return [
        ...(first ? [{ label: 'Cheaper', question: 'cheaper' }] : []),
        ...(items.length > 1 ? [said('Compare the first two')] : []),
        ...(first ? [said('Is the first one fairly priced?')] : []),
        ...market,
      ];
    case 'compare':
      return areas.length > 0 ? areas.map(({ label }) => said(`Homes for sale in ${label}`)) : market;
    case 'price_check':
      return market;
    case 'explain_area':
      return area ? [said(`Homes for sale in ${area.label}`)] : [];
    default:
      return [];
  }
}
