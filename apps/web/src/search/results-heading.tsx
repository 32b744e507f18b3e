import type { PropertyPage } from '@viewora/contracts/property';
import { Skeleton } from '../ui/skeleton.tsx';
import { totalText } from './total-text.ts';

interface ResultsHeadingProps {
  total: PropertyPage['total'] | null;
  placeName: string | null;
  hasArea: boolean;
  hasFailed: boolean;
}

export function headingText({ total, placeName, hasArea }: Omit<ResultsHeadingProps, 'hasFailed'>): string {
  if (!total) return '';
  const count = `${totalText(total)} ${hasArea ? 'in your area' : 'in view'}`;
  return placeName ? `${count} · ${placeName}` : count;
}

export function ResultsHeading({ hasFailed, ...said }: ResultsHeadingProps) {
  return (
    <h1 className="min-w-0 flex-1 text-base font-semibold text-balance max-md:truncate md:text-lg">
      {hasFailed ? 'Homes' : said.total ? headingText(said) : <Skeleton className="h-6 w-56" />}
      {!said.total && !hasFailed && <span className="sr-only">Looking for homes</span>}
    </h1>
  );
}
