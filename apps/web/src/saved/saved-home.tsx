import type { ListingItem } from '@viewora/contracts/listing';
import type { Favourite } from '@viewora/contracts/saved-listing';
import { House, Trash2 } from 'lucide-react';
import { memo } from 'react';
import { Link } from 'react-router';
import { useBadge } from '../badges/badge.ts';
import { CardBadge } from '../badges/card-badge.tsx';
import { CompareButton } from '../compare/compare-button.tsx';
import { HomeDrawing } from '../drawing/home-drawing.tsx';
import { formatDay } from '../format/dates.ts';
import { placeLine } from '../format/facts.ts';
import { formatPriceShort } from '../format/money.ts';
import { FactLine } from '../listing/fact-line.tsx';
import { Button } from '../ui/button.tsx';
import { SavedNote } from './saved-note.tsx';
import { sinceSaved } from './since-saved.ts';

interface SavedHomeProps {
  saved: Favourite;
  onRemove: (id: string) => void;
}

const rowLook =
  'group grid gap-x-6 gap-y-3 border-t border-hairline py-6 outline-none md:grid-cols-[180px_minmax(0,1fr)_240px] lg:grid-cols-[220px_minmax(0,1fr)_320px] focus-visible:outline-2';

export const SavedHome = memo(function SavedHome({ saved, onRemove }: SavedHomeProps) {
  return saved.listing ? (
    <ListedHome saved={saved} listing={saved.listing} onRemove={onRemove} />
  ) : (
    <GoneHome saved={saved} onRemove={onRemove} />
  );
});

function ListedHome({ saved, listing, onRemove }: SavedHomeProps & { listing: ListingItem }) {
  const badge = useBadge(saved.id);
  const change = sinceSaved(listing, saved.savedPriceMinor);
  return (
    <li tabIndex={-1} aria-label={listing.title} className={rowLook}>
      {/* The same as the text beside it: one link is enough to hear and to tab to. */}
      <Link to={`/homes/${saved.id}`} tabIndex={-1} aria-hidden className="picture relative self-start rounded-card">
        <HomeDrawing facts={listing} />
        {badge && <CardBadge badge={badge} />}
      </Link>
      <div className="flex min-w-0 flex-col">
        <Link to={`/homes/${saved.id}`} className="block rounded-sm">
          <p className="text-lg font-semibold">{formatPriceShort(listing.priceMinor, listing.currency)}</p>
          <FactLine listing={listing} />
          <p className="truncate text-sm text-muted">{placeLine(listing)}</p>
          {badge && (
            <span className="sr-only">
              {badge.label}: {badge.rule}
            </span>
          )}
        </Link>
        <p className="mt-2 text-sm">
          {change ? (
            <span className={change.kind === 'less' ? 'text-better' : 'text-worse'}>{change.text}</span>
          ) : (
            <span className="text-muted">The same price as when you saved it</span>
          )}
          <span className="text-muted"> on {formatDay(saved.savedAt)}</span>
        </p>
        <div className="mt-4 flex gap-2.5 *:flex-1 md:*:flex-none">
          <CompareButton home={listing} />
          <RemoveButton saved={saved} onRemove={onRemove} />
        </div>
      </div>
      <SavedNote saved={saved} />
    </li>
  );
}

/** Off the market, and what it was is nobody's to see any more. */
function GoneHome({ saved, onRemove }: SavedHomeProps) {
  return (
    <li tabIndex={-1} aria-label={saved.title} className={rowLook}>
      <div className="grid h-24 place-items-center rounded-card bg-sunken text-muted md:aspect-4/3 md:h-auto md:self-start">
        <House size={28} aria-hidden />
      </div>
      <div className="flex min-w-0 flex-col items-start">
        <p className="text-base font-semibold text-muted">{saved.title}</p>
        <p className="text-sm">No longer for sale</p>
        <p className="mt-2 text-sm text-muted">Saved on {formatDay(saved.savedAt)}</p>
        <div className="mt-4 flex w-full *:flex-1 md:*:flex-none">
          <RemoveButton saved={saved} onRemove={onRemove} />
        </div>
      </div>
      {saved.note !== null && (
        <div className="text-sm text-muted">
          <p className="mb-1.5 font-semibold">Your note</p>
          <p className="whitespace-pre-line">{saved.note}</p>
        </div>
      )}
    </li>
  );
}

function RemoveButton({ saved, onRemove }: SavedHomeProps) {
  return (
    <Button aria-label={`Remove ${saved.title}`} onClick={() => onRemove(saved.id)}>
      <Trash2 size={16} aria-hidden /> Remove
    </Button>
  );
}
