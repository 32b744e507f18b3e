// A market of any size that looks like a real one: rows drawn from real sales, moved to forty metros of falling size, their
// positions and prices jittered. The same seed gives the same file, byte for byte.
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { repositoryRoot } from '@viewora/devstack/settings';
import { parse } from 'csv-parse/sync';

interface Sale {
  /** Degrees from the middle of where it was sold. */
  north: number;
  east: number;
  priceMinor: number;
  beds: string;
  baths: string;
  sqft: string;
  yearBuilt: string;
  type: string;
  postalCode: string;
}

export interface Metro {
  name: string;
  lat: number;
  lon: number;
}

const names = `Alder Point,Ashford,Baywater,Birchwood,Brookhaven,Cedar Falls,Clearview,Copperfield,Crestmont,Dunmore,
Eastlake,Elmhurst,Fairhaven,Fernwood,Glenrock,Granite City,Harborview,Hazelton,Ironwood,Juniper Hills,Kingsbridge,Lakemont,
Larkspur,Maplewood,Mill Creek,Northgate,Oak Harbor,Orchard Park,Pine Bluff,Quail Ridge,Redstone,Riverbend,Sandpoint,
Silverton,Stonebridge,Thornton,Valley Forge,Westbrook,Willow Glen,Yarrow`
  .split(',')
  .map((name) => name.trim());

/** Spread over a country of about 2,000 by 4,500 km; the largest first. */
export const metros: Metro[] = names.map((name, i) => ({
  name,
  lat: 29 + ((i * 7) % 20) * 0.95,
  lon: -122 + ((i * 17) % 40) * 1.2,
}));

const quarters = ['', 'North ', 'South ', 'East ', 'West ', 'Old ', 'Upper ', 'Lower '];
const streets = ['Main St', 'Oak Ave', 'Lake Rd', 'Hill Ln', 'Park Blvd', 'Station Rd', 'Mill Way', 'River Dr'];
const newestAt = Date.UTC(2026, 10, 1);
const twoYearsMs = 730 * 86_400_000;

/** Names of the columns are the import's fields, so the map says little more than that. */
export const sampleMap = {
  ...Object.fromEntries(
    'externalId,type,status,priceMinor,beds,baths,areaValue,yearBuilt,address,city,locality,postalCode,lat,lon,listedAt'
      .split(',')
      .map((field) => [field, field]),
  ),
  currency: { value: 'USD' },
  areaUnit: { value: 'sqft' },
};
const header = Object.entries(sampleMap).flatMap(([field, source]) => (typeof source === 'string' ? [field] : []));

/** mulberry32: small, fast and the same everywhere. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface SampleOptions {
  rows: number;
  /** Number of the first listing's external id. */
  firstId?: number;
  seed?: number;
  /** What every price is multiplied by: the same listings, cheaper. */
  priceFactor?: number;
}

export async function writeSample(path: string, options: SampleOptions): Promise<void> {
  const lines = sampleLines(await readSales(), options);
  await pipeline(Readable.from(lines), createWriteStream(path));
}

function* sampleLines(sales: readonly Sale[], { rows, firstId = 0, seed = 1, priceFactor = 1 }: SampleOptions) {
  const random = seeded(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  yield `${header.join(',')}\n`;
  for (let block = 0; block < rows; block += 1_000) {
    const lines: string[] = [];
    for (let i = block; i < Math.min(rows, block + 1_000); i++) {
      const sale = pick(sales);
      // Squared, so that the first metros are several times the last ones.
      const index = Math.floor(random() ** 2 * metros.length);
      const metro = metros[index] as Metro;
      const lat = metro.lat + sale.north + (random() - 0.5) * 0.02;
      const lon = metro.lon + sale.east + (random() - 0.5) * 0.02;
      const quarter = quarters[(Math.abs(Math.round(lat * 9)) + Math.abs(Math.round(lon * 7))) % quarters.length];
      const status = random() < 0.8 ? 'published' : pick(['sold', 'archived', 'draft']);
      const price = Math.round(sale.priceMinor * (0.85 + random() * 0.3) * priceFactor);
      const listedAt = new Date(newestAt - Math.floor(random() ** 2 * twoYearsMs)).toISOString();
      lines.push(
        `L${firstId + i},${sale.type},${status},${price},${sale.beds},${sale.baths},${sale.sqft},${sale.yearBuilt},` +
          `${1 + Math.floor(random() * 9_999)} ${pick(streets)},${quarter}${metro.name},${quarter}Side,` +
          `${10_000 + index * 200 + (Number(sale.postalCode) % 200)},${lat.toFixed(6)},${lon.toFixed(6)},${listedAt}\n`,
      );
    }
    yield lines.join('');
  }
}

/** The demo market, and King County's sales where `VIEWORA_DATA_DIR` has them. */
async function readSales(): Promise<Sale[]> {
  const demo = await records(join(repositoryRoot, 'packages/devstack/demo/sacramento.csv'));
  const county = process.env.VIEWORA_DATA_DIR
    ? await records(join(process.env.VIEWORA_DATA_DIR, 'king-county.csv'))
    : [];
  return [
    ...county.map((row) =>
      toSale(row, { lat: 47.56, lon: -122.21 }, row.long, row.bathrooms, row.bedrooms, row.sqft_living, row.zipcode),
    ),
    ...demo.map((row) =>
      toSale(row, { lat: 38.6, lon: -121.4 }, row.longitude, row.baths, row.beds, row.sqft, row.zip?.slice(1)),
    ),
  ];
}

type CsvRow = Partial<Record<string, string>>;

function toSale(
  row: CsvRow,
  middle: { lat: number; lon: number },
  lon?: string,
  baths = '',
  beds = '',
  sqft = '',
  postalCode = '',
): Sale {
  return {
    north: Number(row.lat ?? row.latitude) - middle.lat,
    east: Number(lon) - middle.lon,
    priceMinor: Number(row.price) * 100,
    beds,
    baths,
    sqft,
    yearBuilt: row.yr_built ?? '',
    type: row.type === 'Condo' || (row.type === undefined && Number(sqft) < 900) ? 'flat' : 'house',
    postalCode,
  };
}

async function records(path: string): Promise<CsvRow[]> {
  return parse(await readFile(path), { columns: true });
}
