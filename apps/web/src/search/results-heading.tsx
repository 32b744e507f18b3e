import type { PropertyPage } from '@viewora/contracts/property';
import { Skeleton } from '../ui/skeleton.tsx';
import { totalText } from './total-text.ts';

interface ResultsHeadingProps {
  total: PropertyPage['total'] | null;
  placeName: string | null;
  hasArea: boolean;
  hasFailed: boolean;
}

type Said = Omit<ResultsHeadingProps, 'hasFailed'>;

export function headingText({ total, placeName, hasArea }: Said): string {
  if (!total) return '';
  const count = countText(total, hasArea);
  return placeName ? `${count} · ${placeName}` : count;
}

function countText(total: PropertyPage['total'], hasArea: boolean): string {
  return `${totalText(total)} ${hasArea ? 'in your area' : 'in view'}`;
}

function HeadingText({ total, placeName, hasArea }: Said) {
  return (
    <>
      {total && countText(total, hasArea)}
      {placeName && (
        <>
          <span className="md:sr-only"> · </span>
          <span className="truncate md:block md:text-sm md:font-normal md:text-muted">{placeName}</span>
        </>
      )}
    </>
  );
}

export function ResultsHeading({ hasFailed, ...said }: ResultsHeadingProps) {
  return (
    // On a desk the place has a line of its own, which is kept for it: the list must not move when it is known.
    <h1 className="min-w-0 flex-1 text-base font-semibold max-md:truncate md:min-h-12 lg:text-lg">
      {hasFailed ? 'Homes' : said.total ? <HeadingText {...said} /> : <Skeleton className="h-6 w-40 md:w-32" />}
      {!said.total && !hasFailed && <span className="sr-only">Looking for homes</span>}
    </h1>
  );
}
