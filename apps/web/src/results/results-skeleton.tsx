import { Skeleton } from '../ui/skeleton.tsx';
import { cardTextPx } from './listing-card.tsx';
import { gridOf } from './results-list.tsx';

const rows = 4;

/** Cards that are on their way, exactly where they will be. */
export function ResultsSkeleton({ width }: { width: number }) {
  const { columns, card } = gridOf(width);
  return (
    <div
      aria-hidden
      className="grid gap-5 overflow-hidden px-5"
      style={{ gridTemplateColumns: `repeat(${columns}, ${card}px)` }}
    >
      {Array.from({ length: rows * columns }, (_, i) => i).map((i) => (
        <div key={i}>
          <Skeleton className="aspect-4/3 rounded-card" />
          <div style={{ height: cardTextPx }} className="flex flex-col gap-2 pt-3">
            <Skeleton className="h-5 w-24" />
            <Skeleton className="h-4 w-4/5" />
            <Skeleton className="h-4 w-2/5" />
          </div>
        </div>
      ))}
    </div>
  );
}
