import type { AreaInsight } from '@viewora/contracts/answer';
import { Link } from 'react-router';
import { marketAddress } from '../markets/market-address.ts';
import { ComparisonTable } from './comparison-table.tsx';
import { kindText, placeRows } from './place-rows.ts';

/** Places side by side: what is asked there, and how much there is. Each leads to its market. */
export function PlacesView({ areas }: { areas: readonly AreaInsight[] }) {
  return (
    <ComparisonTable
      name="Comparison"
      caption="The markets of the places side by side"
      heads={areas.map((area) => ({
        key: area.key,
        head: <PlaceHead area={area} />,
      }))}
      rows={placeRows(areas)}
    />
  );
}

function PlaceHead({ area }: { area: AreaInsight }) {
  const kind = kindText(area);
  return (
    <>
      <Link
        to={marketAddress(area.key)}
        className="thumb rounded-sm font-semibold text-accent underline-offset-4 hover:underline"
      >
        {area.label}
      </Link>
      {kind && <span className="block text-xs text-muted">{kind}</span>}
    </>
  );
}
