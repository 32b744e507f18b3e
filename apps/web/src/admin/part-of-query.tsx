import type { ReactNode } from 'react';
import { formFailure } from '../api/form-failure.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

interface PartOfQueryProps<T> {
  query: { data: T | undefined; error: Error | null; refetch: () => unknown };
  children: (data: T) => ReactNode;
}

/** A part of a page that comes by itself: its failure leaves the rest alone. */
export function PartOfQuery<T>({ query: { data, error, refetch }, children }: PartOfQueryProps<T>) {
  if (data !== undefined) return children(data);
  if (!error) return <Skeleton className="h-20" />;
  return (
    <div role="alert" className="flex flex-col items-start gap-2 text-sm">
      <p>{formFailure(error)}</p>
      <Button onClick={() => refetch()}>Try again</Button>
    </div>
  );
}
