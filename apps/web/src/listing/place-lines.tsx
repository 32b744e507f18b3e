import { ChartColumn, ChevronRight, TrendingUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { marketAddress } from '../markets/market-address.ts';
import { trendingAddress } from '../trending/trending-state.ts';

/** From a home to what there is to know of its city. */
export function PlaceLines({ city }: { city: string }) {
  return (
    <nav aria-label={`More of ${city}`} className="border-t border-hairline py-3">
      <PlaceLine to={marketAddress(city)} icon={<ChartColumn size={18} aria-hidden />}>
        What homes cost in {city}
      </PlaceLine>
      <PlaceLine to={trendingAddress({ place: city })} icon={<TrendingUp size={18} aria-hidden />}>
        Trending homes in {city}
      </PlaceLine>
    </nav>
  );
}

function PlaceLine({ to, icon, children }: { to: string; icon: ReactNode; children: ReactNode }) {
  return (
    <Link to={to} className="group flex min-h-12 items-center gap-3 rounded-sm text-base hover:text-accent">
      <span className="text-muted">{icon}</span>
      <span className="min-w-0 flex-1 underline-offset-4 group-hover:underline">{children}</span>
      <ChevronRight size={18} aria-hidden className="text-muted" />
    </Link>
  );
}
