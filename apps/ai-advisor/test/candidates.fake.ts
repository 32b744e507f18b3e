import { type Candidate, mostCandidates } from '@viewora/contracts/candidate';
import { distanceM } from '@viewora/contracts/geo';
import type { ListingDetail } from '@viewora/contracts/listing';
import type { CandidateSearch, Total } from '@viewora/contracts/property';
import { matches, searchTexts } from '@viewora/contracts/property-filter';
import { tokenize } from '@viewora/contracts/text';

/** What property-api's candidates are, of listings in memory; it knows no medians. */
export function candidatesAmong(
  listings: readonly ListingDetail[],
  { ids, words, sort, ...filter }: CandidateSearch,
): { items: Candidate[]; total: Total } {
  const among = ids && new Set(ids);
  const found = listings.filter((one) => matches(one, filter) && (!among || among.has(one.id)));
  if (sort === 'price_desc') found.sort((a, b) => b.priceMinor - a.priceMinor);
  if (sort === 'price_asc') found.sort((a, b) => a.priceMinor - b.priceMinor);
  const all = found.map((one): Candidate => {
    const text = new Set(Object.values(searchTexts(one)).flatMap(tokenize));
    const matched = [...words.keys()].filter((n) => words[n]?.some((word) => text.has(word)));
    const metres = filter.near && one.location ? distanceM(filter.near, one.location) : null;
    return { id: one.id, listedAt: one.listedAt, matched, distanceM: metres, market: null };
  });
  if (among || all.length <= mostCandidates) return { items: all, total: { value: all.length, relation: 'exact' } };
  const having = all.filter(({ matched }) => matched.length > 0);
  const items = (having.length > 0 ? having : all).slice(0, mostCandidates);
  return { items, total: { value: mostCandidates, relation: 'at_least' } };
}
