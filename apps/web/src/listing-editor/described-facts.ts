import type { DescribedFacts } from '@viewora/contracts/listing-text';
import type { ListingEdit } from '@viewora/contracts/own-listing';
import { type Part, parts } from './form-parts.ts';
import type { ListingForm } from './listing-form.ts';

/** What sellers say in words of their own, or what would say where the home stands. */
const notFacts = ['title', 'description', 'sellingReason', 'address'];

/** The facts that a description can be made of, as far as they can be read; null where the form does not say what it is. */
export function describedFacts(form: ListingForm): DescribedFacts | null {
  const readings = parts.filter(({ name }) => !notFacts.includes(name)).map((part) => part.read(form));
  const edits = readings.map((reading) => ('edit' in reading ? reading.edit : {}));
  const { type, ...facts }: ListingEdit = Object.assign({}, ...edits);
  return type ? { type, ...facts } : null;
}

const tellingOfAnything = ['city', 'area'];
const tellingOfBuildings = [...tellingOfAnything, 'beds', 'baths', 'yearBuilt'];

/** What the form does not say, or not so that it can be read, and a description would gain most from. */
export function missingFacts(form: ListingForm): Part[] {
  const telling = form.type === 'plot' ? tellingOfAnything : tellingOfBuildings;
  return parts.filter((part) => telling.includes(part.name) && !isTold(part, form));
}

function isTold(part: Part, form: ListingForm): boolean {
  const reading = part.read(form);
  return 'edit' in reading && Object.values(reading.edit)[0] !== null;
}
