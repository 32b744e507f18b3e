import { sqmPerUnit } from '@viewora/contracts/listing';
import { formatAreaIn } from '../format/area.ts';
import { typeNames } from '../format/facts.ts';
import { formatPrice } from '../format/money.ts';
import { words } from '../listing/fact-rows.ts';
import { linesOf, type Part } from './form-parts.ts';
import type { ListingForm } from './listing-form.ts';

/** What a form says of a part, in words; null where it says nothing. */
export function saidOf(part: Part, form: ListingForm): string | null {
  const reading = part.read(form);
  const raw = part.keys.map((key) => form[key].trim()).join(' ') || null;
  if (!('edit' in reading)) return raw;
  const { edit } = reading;
  switch (part.name) {
    case 'type':
      return edit.type ? typeNames[edit.type] : null;
    case 'location':
      return edit.location ? `${edit.location.lat}, ${edit.location.lon}` : null;
    case 'area':
      return edit.areaValue && edit.areaUnit
        ? formatAreaIn(edit.areaValue * sqmPerUnit[edit.areaUnit], edit.areaUnit)
        : null;
    case 'price':
      return edit.priceMinor == null ? null : formatPrice(edit.priceMinor, form.currency);
    case 'priceNegotiable':
      return edit.priceNegotiable ? 'Yes' : null;
    case 'furnishing':
    case 'facing':
      return raw && words(raw);
    case 'nearbyPlaces':
      return linesOf(form.nearbyPlaces).join(', ') || null;
    default:
      return raw;
  }
}
