import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { OwnListingFilter } from '../api/own-listing-queries.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { statusNames } from './listing-moves.ts';

interface NoListingsProps {
  filter: OwnListingFilter;
  total: number;
  onClearWords: () => void;
}

/** Nothing to show: the first step for whoever begins, the way out for whoever looks for something. */
export function NoListings({ filter: { status, q }, total, onClearWords }: NoListingsProps) {
  if (q !== undefined) {
    return (
      <Empty title={`None of ${status ? 'these' : 'your listings'} has “${q}” in it`}>
        <p>Words of the title, the description and the place are looked for, whole words or their beginnings.</p>
        <Button className="mt-2 text-ink" onClick={onClearWords}>
          Show all again
        </Button>
      </Empty>
    );
  }
  if (total > 0) {
    return (
      <Empty title={status ? emptyTitles[status] : 'Nothing here'}>
        <Link to="/sell" className={`${buttonClass()} mt-2 text-ink`}>
          Show all your listings
        </Link>
      </Empty>
    );
  }
  return (
    <Empty title="You have no listings yet">
      <p>
        Begin with what you know: a listing stays a draft, which nobody but you sees, until you publish it. It needs a
        price, a city and its place on the map.
      </p>
      <Link to="/sell/new" className={`${buttonClass('primary')} mt-2`}>
        <Plus size={16} aria-hidden /> Write the first one
      </Link>
      <p className="pt-2 text-sm">
        Many homes in a file?{' '}
        <Link to="/sell/import" className="text-accent underline underline-offset-4">
          Import a CSV
        </Link>
      </p>
    </Empty>
  );
}

const emptyTitles: Record<keyof typeof statusNames, string> = {
  draft: 'No drafts',
  published: 'Nothing on the market',
  archived: 'Nothing archived',
  sold: 'Nothing sold yet',
};

function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex max-w-md flex-col items-start gap-2 py-10 text-base text-muted">
      <h2 className="text-lg font-semibold text-ink text-balance">{title}</h2>
      {children}
    </div>
  );
}
