import type { Turn } from '../facts/turn.ts';
import { comparedPlaces } from '../understand/question.ts';
import type { Figures } from './figures.ts';
import { listOf } from './find.prose.ts';

/** What is said of the one place that stands out by a figure. */
const praise: readonly (readonly [
  figure: 'price' | 'perArea' | 'listings',
  direction: 'more' | 'less',
  words: string,
])[] = [
  ['price', 'less', 'asks least in the median'],
  ['perArea', 'less', 'asks least by size'],
  ['listings', 'more', 'has most on the market'],
];

/** What to say of places side by side: their markets, and nothing of who lives there. */
export function placesProse({ question, results: { areas = [] } }: Turn, figures: Figures): string[] {
  const tokens = areas.map((_, i) => `A${i + 1}`);
  const isPartial = areas.length < comparedPlaces(question).length;
  if (tokens.length === 0) return ['Nothing is known of a market there yet.'];
  return [
    `Side by side: ${listOf(tokens.map((token) => `{{${token}}}`))}.`,
    ...tokens.map((token) => `- ${placeSentence(token, figures)}`),
    ...(new Set(areas.map(({ currency }) => currency)).size === 1 ? standings(tokens, figures) : []),
    ...(isPartial ? ['Of the rest no market is known.'] : []),
  ];
}

function placeSentence(token: string, figures: Figures): string {
  const has = (figure: string) => figures.has(`${token}.${figure}`);
  const facts = [
    `{{${token}.listings}} on the market`,
    has('price') ? `{{${token}.price}} in the median` : 'too few to say what they usually ask',
    ...(has('perArea') ? [`{{${token}.perArea}}`] : []),
    ...(has('days') ? [`there for {{${token}.days}} in the median`] : []),
  ];
  const trend = `; by size, new listings of {{${token}.trendTo}} asked {{${token}.trend}} those of {{${token}.trendFrom}}`;
  return `{{${token}}}: ${facts.join(', ')}${has('trend') ? trend : ''}.`;
}

/** Only where all are known, and one stands out. */
function standings(tokens: readonly string[], figures: Figures): string[] {
  return praise.flatMap(([figure, direction, words]) => {
    const values = tokens.map((token) => figures.get(`${token}.${figure}`)?.measure?.value);
    if (values.some((value) => value === undefined)) return [];
    const sign = direction === 'more' ? -1 : 1;
    const [first, second] = tokens
      .map((token, i) => ({ token, value: sign * (values[i] ?? 0) }))
      .sort((a, b) => a.value - b.value);
    return first && second && first.value < second.value
      ? [`{{${first.token}}} ${words}: {{${first.token}.${figure}}}.`]
      : [];
  });
}
