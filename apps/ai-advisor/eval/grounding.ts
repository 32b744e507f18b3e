import type { Facts } from './facts.ts';
import { inventedFigures } from './prose.grounding.ts';
import { wrongResults } from './results.grounding.ts';
import type { Answer } from './visitors.ts';

/** What of an answer does not come from the facts; empty where all of it does. Nothing is taken from the answer itself. */
export async function ungrounded(question: string, answer: Answer, facts: Facts): Promise<string[]> {
  return [
    ...wrongItems(answer, facts),
    ...wrongCitations(answer, facts),
    ...(await wrongResults(answer, facts)),
    ...inventedFigures(question, answer, facts),
  ];
}

/** Listings that there are not, and facts of theirs that are others. */
function wrongItems({ results }: Answer, facts: Facts): string[] {
  return results.items.flatMap((item) => {
    const fact = facts.of(item.id);
    if (!fact) return [`there is no listing ${item.id}`];
    const pairs = [
      ['title', item.title, fact.title],
      ['price', item.priceMinor / 100, fact.price],
      ['beds', item.beds, fact.beds],
      ['baths', item.baths, fact.baths],
      ['area', item.areaSqm, fact.areaSqm],
      ['year', item.yearBuilt, fact.yearBuilt],
      ['city', item.city, fact.city],
      ['postal code', item.postalCode, fact.postalCode],
    ] as const;
    return pairs.filter(([, said, is]) => said !== is).map(([name, said, is]) => `${name} ${said} instead of ${is}`);
  });
}

/** What is cited without being there, or is called something else. */
function wrongCitations({ prose, citations, results }: Answer, facts: Facts): string[] {
  const shown = new Set(results.items.map(({ id }) => id));
  const named = citations.flatMap(({ kind, id, title, number }) => {
    const isOf = kind === 'listing' ? shown.has(id) && facts.of(id)?.title === title : isPlace(id, facts);
    return isOf ? [] : [`citation ${number} is of ${title}, which is not there`];
  });
  const numbers = new Set(citations.map(({ number }) => number));
  const marks = [...prose.matchAll(/\[(\d+)\]/g)].map(([, number]) => Number(number));
  return [...named, ...marks.filter((number) => !numbers.has(number)).map((number) => `[${number}] cites nothing`)];
}

const isPlace = (key: string, facts: Facts) => facts.matching({ place: key }).length > 0;
