import { limits } from '@viewora/contracts/listing';
import type { AdvisedFilter } from '@viewora/contracts/understanding';
import type { Change } from './follow-up.moves.ts';
import type { Circumstances } from './reading.ts';
import { minorPerUnit, moneyWords } from './words.ts';

export interface Changed {
  values: AdvisedFilter;
  without: readonly (keyof AdvisedFilter)[];
  label: string;
}

/** What a relative word makes of a filter; null where there is nothing it could be relative to. */
export function changed(change: Change, filter: AdvisedFilter, circumstances: Circumstances): Changed | null {
  return changes[change](filter, circumstances);
}

const changes: Record<Change, (filter: AdvisedFilter, circumstances: Circumstances) => Changed | null> = {
  cheaper(filter, circumstances) {
    if (filter.maxPriceMinor === undefined) return made({ sort: 'price_asc' }, 'Cheapest first');
    const maxPriceMinor = rounded(filter.maxPriceMinor * 0.85);
    const isCrossed = (filter.minPriceMinor ?? 0) > maxPriceMinor;
    const label = `Cheaper: up to ${priceWords(maxPriceMinor, filter, circumstances)}`;
    return made({ maxPriceMinor }, label, isCrossed ? ['minPriceMinor'] : []);
  },
  dearer(filter, circumstances) {
    const { maxPriceMinor: minPriceMinor } = filter;
    if (minPriceMinor === undefined) return made({ sort: 'price_desc' }, 'Dearest first');
    const label = `Dearer: from ${priceWords(minPriceMinor, filter, circumstances)}`;
    return made({ minPriceMinor }, label, ['maxPriceMinor']);
  },
  bigger({ minAreaSqm, maxAreaSqm }) {
    if (minAreaSqm === undefined && maxAreaSqm === undefined) return made({ sort: 'area_desc' }, 'Largest first');
    const least = Math.min(rounded(maxAreaSqm ?? (minAreaSqm ?? 0) * 1.2), limits.areaSqm);
    return made({ minAreaSqm: least }, 'Bigger', ['maxAreaSqm']);
  },
  smaller({ minAreaSqm, maxAreaSqm }) {
    if (minAreaSqm === undefined && maxAreaSqm === undefined) return null;
    const most = rounded(minAreaSqm ?? (maxAreaSqm ?? 0) * 0.8);
    return made({ maxAreaSqm: most }, 'Smaller', ['minAreaSqm']);
  },
  more_beds({ minBeds, maxBeds }) {
    const now = minBeds ?? maxBeds;
    if (now === undefined || now >= limits.beds) return null;
    return made({ minBeds: now + 1 }, `${now + 1}+ beds`, ['maxBeds']);
  },
  fewer_beds({ minBeds, maxBeds }) {
    const now = minBeds ?? maxBeds;
    if (now === undefined || now === 0) return null;
    return made({ maxBeds: now - 1 }, `Up to ${now - 1} beds`, ['minBeds']);
  },
  newer({ minYearBuilt }, { now }) {
    if (minYearBuilt === undefined) return null;
    const year = Math.min(minYearBuilt + 10, now.getUTCFullYear());
    return made({ minYearBuilt: year }, `Built ${year} or later`);
  },
  nearer({ radiusM }) {
    return radiusM === undefined ? null : around(Math.round(radiusM / 2));
  },
  wider({ radiusM }) {
    return radiusM === undefined ? null : around(Math.min(radiusM * 2, limits.radiusM));
  },
};

function made(values: AdvisedFilter, label: string, without: Changed['without'] = []): Changed {
  return { values, label, without };
}

function around(radiusM: number): Changed {
  return made({ radiusM }, `Within ${Math.round(radiusM / 100) / 10} km`);
}

/** To two digits: as people name bounds. */
function rounded(value: number): number {
  return Number(value.toPrecision(2));
}

function priceWords(minor: number, { currency }: AdvisedFilter, circumstances: Circumstances): string {
  const code = currency ?? circumstances.currency;
  return moneyWords(minor / minorPerUnit(code), code);
}
