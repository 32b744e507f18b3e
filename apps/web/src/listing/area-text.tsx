import type { ListingItem } from '@viewora/contracts/listing';
import { useState } from 'react';
import { formatArea } from '../format/area.ts';

/** An area in the seller's unit; a tap, or the pointer resting on it, gives the other one. */
export function AreaText({ listing }: { listing: ListingItem }) {
  const [isOther, setIsOther] = useState(false);
  const area = formatArea(listing);
  if (!area) return null;
  const [shown, hidden] = isOther ? [area.other, area.own] : [area.own, area.other];
  return (
    <button
      type="button"
      title={hidden}
      aria-label={`${shown}. Show as ${hidden}`}
      onClick={() => setIsOther(!isOther)}
      className="rounded-sm underline decoration-edge decoration-dotted underline-offset-4 hover:decoration-accent"
    >
      {shown}
    </button>
  );
}
