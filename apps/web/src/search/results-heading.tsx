import { Skeleton } from '../ui/skeleton.tsx';
import { countText, type Said } from './heading-text.ts';
import { headingLook } from './sheet-look.ts';

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

export function ResultsHeading({ hasFailed, ...said }: Said & { hasFailed: boolean }) {
  return (
    <h1 aria-busy={!said.total && !hasFailed} className={headingLook}>
      {hasFailed ? 'Homes' : said.total ? <HeadingText {...said} /> : <Skeleton className="h-6 w-40 md:w-32" />}
      {!said.total && !hasFailed && <span className="sr-only">Looking for homes</span>}
    </h1>
  );
}
