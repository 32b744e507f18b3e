import type { Turn } from '../facts/turn.ts';
import type { Figures } from './figures.ts';

/** What to say of a place: its market, and nothing of who lives there. */
export function areaProse({ question, results: { area } }: Turn, figures: Figures): string[] {
  if (!area) {
    return question.filter.place === undefined
      ? ['Name a city, a locality or a postal code, and you get the figures of its market.']
      : ['Nothing is known of a market there yet.'];
  }
  const when = (figure: string, sentence: string) => (figures.has(figure) ? [sentence] : []);
  return [
    'On the market in {{area}} now: {{area.listings}}.',
    ...(figures.has('area.median')
      ? [
          'The median price asked is {{area.median}}, and the middle half lies between {{area.lower}} and {{area.upper}}.',
        ]
      : ['That is too few to say what a home there usually asks.']),
    ...when('area.perArea', 'By size, the median is {{area.perArea}}.'),
    ...when('area.daysOnMarket', 'Those on the market have been there for {{area.daysOnMarket}} in the median.'),
    ...(area.now.sold > 0 ? ['Sold within the last year: {{area.sold}}.'] : []),
    ...when(
      'area.trend',
      'By size, new listings of {{area.trendTo}} asked {{area.trend}} those of {{area.trendFrom}}.',
    ),
  ];
}
