import type { ListingItem } from '@viewora/contracts/listing';
import type { Badge } from '@viewora/contracts/ranking';
import { memo } from 'react';
import { Link } from 'react-router';
import { useBadge } from '../badges/badge.ts';
import { CardBadge } from '../badges/card-badge.tsx';
import { HomeDrawing } from '../drawing/home-drawing.tsx';
import { type CardReason, cardReason, placeLine } from '../format/facts.ts';
import { formatPriceShort } from '../format/money.ts';
import { FactLine } from '../listing/fact-line.tsx';
import { HomeActions } from '../listing/home-card.tsx';
import { fromResults } from '../listing/trail.ts';
import type { Spotlight } from '../map/spotlight.ts';
import { usePointing } from './use-pointing.ts';

/** Height of what stands under the picture, so that a row's height is known before it is drawn. */
export const cardTextPx = 92;

interface ListingCardProps {
  listing: ListingItem;
  newIsNews: boolean;
  spotlight: Spotlight;
  isSelected: boolean;
  onOpen: (id: string) => void;
}

export const ListingCard = memo(function ListingCard({
  listing,
  newIsNews,
  spotlight,
  isSelected,
  onOpen,
}: ListingCardProps) {
  const { isLifted, pointing } = usePointing(listing, spotlight);
  const badge = useBadge(listing.id);
  const reason = cardReason(listing, newIsNews);

  return (
    <div {...pointing} className="group relative">
      <Link
        to={`/homes/${listing.id}`}
        state={fromResults}
        data-card={listing.id}
        onClick={() => onOpen(listing.id)}
        className="block rounded-card"
      >
        <CardFace
          listing={listing}
          price={formatPriceShort(listing.priceMinor, listing.currency)}
          reason={reason}
          badge={badge}
          outline={isSelected ? 'outline-3' : isLifted ? 'outline-2' : ''}
        />
      </Link>
      <HomeActions home={listing} />
    </div>
  );
});

interface CardFaceProps {
  listing: ListingItem;
  price: string;
  reason?: CardReason | null;
  badge?: Badge | null;
  outline?: string;
}

/** What a card shows, wherever it stands: among the results, and before its writer as it will be. */
export function CardFace({ listing, price, reason = null, badge = null, outline = '' }: CardFaceProps) {
  // One thing at most: what became of the price goes before who looks, and that before that it is new.
  const isBadged = badge !== null && (reason === null || reason.kind === 'new');
  return (
    <>
      <div
        className={`picture relative rounded-card -outline-offset-2 outline-accent transition-[outline-color] ${outline}`}
      >
        <HomeDrawing facts={listing} />
        {isBadged && <CardBadge badge={badge} />}
        {reason && !isBadged && (
          <span className="absolute top-2.5 left-2.5 size-auto! rounded-sm bg-surface px-2 py-1 text-xs font-semibold">
            <span className={reason.kind === 'cut' ? 'text-better' : ''}>{reason.text}</span>
          </span>
        )}
      </div>
      <div style={{ height: cardTextPx }} className="overflow-hidden pt-2.5">
        <p className="text-lg font-semibold">{price}</p>
        <FactLine listing={listing} />
        <p className="truncate text-sm text-muted">{placeLine(listing)}</p>
      </div>
    </>
  );
}
