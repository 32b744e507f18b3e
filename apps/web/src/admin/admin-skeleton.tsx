import { Skeleton } from '../ui/skeleton.tsx';
import { pageColumn } from './work-page.tsx';

/** Until it is known who asks: the navigation's place is kept. */
export function AdminSkeleton() {
  return (
    <div role="status" className="flex min-h-0 flex-1 overflow-hidden max-lg:flex-col">
      <span className="sr-only">Loading the administration</span>
      <div className="h-12 border-b border-hairline lg:h-auto lg:w-56 lg:border-r lg:border-b-0" />
      <div className={`${pageColumn} min-w-0 flex-1`}>
        <Skeleton className="h-9 w-48" />
        <Skeleton className="mt-8 h-10 max-w-md" />
        <Skeleton className="mt-8 h-80" />
      </div>
    </div>
  );
}
