import type { AdvisedListing, Comparison } from '@viewora/contracts/answer';
import { Link } from 'react-router';
import { HomeDrawing } from '../drawing/home-drawing.tsx';
import { placeLine } from '../format/facts.ts';
import { comparedRows } from './comparison-rows.ts';
import { ComparisonTable } from './comparison-table.tsx';

interface ComparisonViewProps {
  comparison: Comparison;
  homes: readonly AdvisedListing[];
}

/** Homes side by side. */
export function ComparisonView({ comparison, homes }: ComparisonViewProps) {
  const compared = comparison.ids
    .map((id) => homes.find((home) => home.id === id))
    .filter((home) => home !== undefined);
  if (compared.length !== comparison.ids.length) return null;
  return (
    <ComparisonTable
      name="Comparison"
      caption="Facts of the homes side by side"
      heads={compared.map((home) => ({ key: home.id, head: <HomeHead home={home} /> }))}
      rows={comparedRows(comparison, compared)}
    />
  );
}

function HomeHead({ home }: { home: AdvisedListing }) {
  return (
    <Link to={`/homes/${home.id}`} className="block rounded-card">
      <span className="picture mb-2 block rounded-card">
        <HomeDrawing facts={home} />
      </span>
      <span className="block font-semibold text-balance">{home.title}</span>
      <span className="block text-xs text-muted">{placeLine(home)}</span>
    </Link>
  );
}
