import type { Candidate } from '@viewora/contracts/candidate';
import type { ListingDetail } from '@viewora/contracts/listing';
import { type PropertyFilter, searchTexts } from '@viewora/contracts/property-filter';
import type { Rank } from '@viewora/contracts/ranking';
import { tokenize } from '@viewora/contracts/text';
import { typeWords } from '../understand/words.ts';
import { plainName } from '../wording/format.ts';
import { positive, wordsOf } from './wish.words.ts';

export interface Told {
  listing: ListingDetail;
  candidate: Candidate;
  /** Where its views put it in its city. */
  rank: Rank | null;
  filter: PropertyFilter;
  wishes: readonly string[];
  now: Date;
}

const mostReasons = 5;
/** So much cheaper than usual is worth a word. */
const leastDiscount = 0.05;
const dayMs = 86_400_000;
/** A price that dropped longer ago is the price. */
const droppedDays = 90;
const newDays = 7;
/** One in so many of those looked at is among the most looked at. */
const topShare = 0.1;

/** Why a listing is in the answer, the most telling first; each is true of its own data, and none is about people. */
export function reasonsFor(told: Told): string[] {
  const reasons = [
    mentions(told),
    nearness(told),
    priceToMarket(told),
    drop(told),
    popularity(told),
    newness(told),
    beyond(told),
  ];
  return reasons.filter((reason) => reason !== null).slice(0, mostReasons);
}

/** That a text mentions something is all that words can tell. */
function mentions({ listing, wishes }: Told): string | null {
  const text = new Set(Object.values(searchTexts(listing)).flatMap(tokenize));
  const found = positive(wishes).flatMap((wish) => {
    const present = wordsOf(wish).map((forms) => forms.find((form) => text.has(form)));
    return present.length > 0 && present.every((word) => word !== undefined) ? [present.join(' ')] : [];
  });
  return found.length === 0 ? null : `mentions ${new Intl.ListFormat('en-GB').format(found.slice(0, 4))}`;
}

function nearness({ candidate: { distanceM }, filter }: Told): string | null {
  if (distanceM === null || !filter.near) return null;
  const distance =
    distanceM < 950 ? `${Math.max(50, Math.round(distanceM / 50) * 50)} m` : `${(distanceM / 1_000).toFixed(1)} km`;
  return `${distance} from the middle of the place asked for`;
}

function priceToMarket({ listing, candidate: { market } }: Told): string | null {
  if (!market || market.priceRatio > 1 - leastDiscount) return null;
  const percent = Math.floor(100 - 100 * market.priceRatio);
  // Sellers write the names of places.
  const place = plainName(market.place) ?? 'its place';
  return `${percent}% under ${place}’s median for ${typeWords[listing.type].toLowerCase()}, per m²`;
}

function drop({ listing: { priceChange, priceMinor }, now }: Told): string | null {
  if (!priceChange || priceChange.fromMinor <= priceMinor) return null;
  if (now.getTime() - Date.parse(priceChange.at) > droppedDays * dayMs) return null;
  const percent = Math.round((1 - priceMinor / priceChange.fromMinor) * 100);
  return percent < 1 ? 'price dropped lately' : `price dropped by ${percent}% lately`;
}

function popularity({ rank }: Told): string | null {
  if (!rank || rank.position > rank.of * topShare) return null;
  return `among the most viewed in ${plainName(rank.place) ?? 'its city'}`;
}

function newness({ listing, now }: Told): string | null {
  const days = Math.floor((now.getTime() - Date.parse(listing.listedAt)) / dayMs);
  if (days < 0 || days > newDays) return null;
  return days === 0 ? 'listed today' : `listed ${days} ${days === 1 ? 'day' : 'days'} ago`;
}

/** Where it is better than was asked for; that it is as asked goes without saying. */
function beyond({ listing: { beds, baths, areaSqm, priceMinor }, filter }: Told): string | null {
  const { minBeds, minBaths, minAreaSqm, maxPriceMinor } = filter;
  const more = [moreThan(beds, minBeds, 'bedroom'), moreThan(baths, minBaths, 'bath')].filter((fact) => fact !== null);
  const facts = more.length > 0 ? [`${new Intl.ListFormat('en-GB').format(more)} more than asked for`] : [];
  if (minAreaSqm && areaSqm && areaSqm >= minAreaSqm * 1.1) {
    facts.push(`${Math.floor((100 * areaSqm) / minAreaSqm - 100)}% larger than asked for`);
  }
  const saved = maxPriceMinor ? Math.floor(100 - (100 * priceMinor) / maxPriceMinor) : 0;
  if (saved >= leastDiscount * 100) facts.push(`${saved}% under the most it may cost`);
  return facts.length === 0 ? null : facts.join(', ');
}

function moreThan(value: number | null, asked: number | undefined, noun: string): string | null {
  if (value === null || asked === undefined || value <= asked) return null;
  const more = value - asked;
  return `${more} ${more === 1 ? noun : `${noun}s`}`;
}
