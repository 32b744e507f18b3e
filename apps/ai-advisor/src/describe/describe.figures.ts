import { sqmPerUnit } from '@viewora/contracts/listing';
import type { DescribedFacts } from '@viewora/contracts/listing-text';
import type { Figure, Figures } from '../explain/figures.ts';
import { areaWords, countWords, homeName, plainName } from '../wording/format.ts';

const furnishingWords = {
  unfurnished: 'unfurnished',
  semi_furnished: 'partly furnished',
  furnished: 'furnished',
} as const;

/** The facts of a listing, worded, by token. What is in a seller's own words is in it only where it is a name. */
export function describedFigures(facts: DescribedFacts): Figures {
  const figures = new Map<string, Figure>();
  const add = (name: string, text: string | null | undefined) => {
    if (text) figures.set(name, { text });
  };
  const {
    type,
    beds = null,
    baths,
    areaValue,
    areaUnit = 'sqft',
    city = null,
    locality = null,
    postalCode = null,
  } = facts;
  add('home', homeName({ type, beds, city: null, locality: null }));
  add(
    'place',
    [locality, city]
      .map((name) => plainName(name))
      .filter((name) => name !== null)
      .join(', '),
  );
  add('postalCode', plainName(postalCode));
  add('beds', beds ? countWords(beds, 'bedroom') : null);
  add('baths', baths ? countWords(baths, 'bathroom') : null);
  add('area', areaValue ? areaWords(areaValue * sqmPerUnit[areaUnit], areaUnit) : null);
  add('year', facts.yearBuilt ? String(facts.yearBuilt) : null);
  add('renovated', facts.yearRenovated ? String(facts.yearRenovated) : null);
  add('parking', facts.parkingSpaces ? countWords(facts.parkingSpaces, 'parking space') : null);
  add('furnishing', facts.furnishing && furnishingWords[facts.furnishing]);
  add('facing', facts.facing?.replace('_', '-'));
  for (const [i, name] of (facts.nearbyPlaces ?? []).map((one) => plainName(one)).entries())
    add(`nearby${i + 1}`, name);
  return figures;
}

/** The facts as sentences, and nothing else. */
export function describedSentences(figures: Figures): string[] {
  const when = (token: string, words: string) => (figures.has(token) ? words : '');
  const nearby = [...figures.keys()].filter((name) => name.startsWith('nearby')).map((name) => `{{${name}}}`);
  const last = nearby.at(-1) ?? '';
  const sentences = [
    `This {{home}}${when('place', ' is in {{place}}')}${when('postalCode', ' ({{postalCode}})')}.`,
    when('area', `It has {{area}}${when('baths', ', with {{baths}}')}.`),
    figures.has('area') ? '' : when('baths', 'It has {{baths}}.'),
    when('year', `It was built in {{year}}${when('renovated', ' and renovated in {{renovated}}')}.`),
    figures.has('year') ? '' : when('renovated', 'It was renovated in {{renovated}}.'),
    when('furnishing', 'It comes {{furnishing}}.'),
    when('facing', 'It faces {{facing}}.'),
    when('parking', 'There is room to park: {{parking}}.'),
    last && `Nearby: ${nearby.length > 1 ? `${nearby.slice(0, -1).join(', ')} and ` : ''}${last}.`,
  ];
  const hasMore = figures.size > 1;
  return hasMore ? sentences.filter((sentence) => sentence !== '') : ['This is a {{home}}.'];
}
