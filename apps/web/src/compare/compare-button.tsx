import type { ListingItem } from '@viewora/contracts/listing';
import { Check, Scale } from 'lucide-react';
import { buttonClass } from '../ui/button.tsx';
import { togglePicked, useIsPicked } from './picked-homes.ts';

/** On a picture, where there is a pointer to rest on it or a focus to reach it. */
export function ComparePill({ home }: { home: ListingItem }) {
  const isPicked = useIsPicked(home.id);
  return (
    <button
      type="button"
      aria-pressed={isPicked}
      aria-label={`Compare ${home.title}`}
      onClick={() => togglePicked(home)}
      className="absolute right-2 bottom-2 hidden min-h-9 items-center gap-1.5 rounded-full bg-surface px-3 text-xs font-semibold transition-[opacity,background-color] hover:bg-sunken aria-pressed:text-accent md:flex [@media(hover:hover)]:not-group-hover:not-group-focus-within:not-aria-pressed:opacity-0"
    >
      <CompareIcon isPicked={isPicked} />
      Compare
    </button>
  );
}

export function CompareButton({ home }: { home: ListingItem }) {
  const isPicked = useIsPicked(home.id);
  return (
    <button
      type="button"
      aria-pressed={isPicked}
      aria-label={`Compare ${home.title}`}
      onClick={() => togglePicked(home)}
      className={`${buttonClass()} aria-pressed:border-accent`}
    >
      <CompareIcon isPicked={isPicked} />
      Compare
    </button>
  );
}

function CompareIcon({ isPicked }: { isPicked: boolean }) {
  return isPicked ? <Check size={16} aria-hidden className="text-accent" /> : <Scale size={16} aria-hidden />;
}
