import type { ListingItem } from '@viewora/contracts/listing';
import type { Badge } from '@viewora/contracts/ranking';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { CardBadge } from '../badges/card-badge.tsx';
import { ComparePill } from '../compare/compare-button.tsx';
import { HomeDrawing } from '../drawing/home-drawing.tsx';
import { placeLine } from '../format/facts.ts';
import { formatPriceShort } from '../format/money.ts';
import { HeartButton } from '../saved/heart-button.tsx';
import { FactLine } from './fact-line.tsx';
import type { Trail } from './trail.ts';

interface HomeCardProps {
  home: ListingItem;
  trail: Trail | null;
  badge?: Badge | null;
  /** What else there is to say of it, below. */
  children?: ReactNode;
}

/** A home among a few others, away from the map. */
export function HomeCard({ home, trail, badge = null, children }: HomeCardProps) {
  return (
    <div className="group relative">
      <Link to={`/homes/${home.id}`} state={trail} className="block rounded-card">
        <div className="picture relative rounded-card">
          <HomeDrawing facts={home} />
          {badge && <CardBadge badge={badge} />}
        </div>
        <p className="pt-2.5 text-base font-semibold md:text-lg">{formatPriceShort(home.priceMinor, home.currency)}</p>
        <FactLine listing={home} />
        <p className="truncate text-sm text-muted">{placeLine(home)}</p>
        {children}
      </Link>
      <HomeActions home={home} />
    </div>
  );
}

/** Over a picture of 4:3 that fills the width, and beside its link: buttons have no place in one. */
export function HomeActions({ home }: { home: ListingItem }) {
  return (
    <div className="pointer-events-none absolute inset-x-0 top-0 aspect-4/3 *:pointer-events-auto">
      <HeartButton id={home.id} title={home.title} />
      <ComparePill home={home} />
    </div>
  );
}
