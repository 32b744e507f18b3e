import { Skeleton } from '../ui/skeleton.tsx';

/** A listing's page before its listing: the picture and the panel where they will be. */
export function ListingSkeleton() {
  return (
    <div role="status" className="mx-auto grid max-w-6xl gap-x-10 md:grid-cols-[minmax(0,1fr)_340px] md:px-5 md:pt-6">
      <span className="sr-only">Loading this home</span>
      <Skeleton className="aspect-4/3 rounded-none! md:aspect-[16/10] md:rounded-card!" />
      <div className="flex flex-col gap-3 px-5 pt-5 md:px-6 md:pt-6">
        <Skeleton className="h-9 w-44" />
        <Skeleton className="h-6 w-56" />
        <Skeleton className="h-5 w-40" />
        <Skeleton className="h-5 w-full" />
      </div>
    </div>
  );
}
