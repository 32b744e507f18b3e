import { ownColumn } from '../session/own-page.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

export function AccountSkeleton() {
  return (
    <div role="status" className={ownColumn}>
      <span className="sr-only">Loading your account</span>
      <Skeleton className="h-9 w-40" />
      {['profile', 'password', 'devices'].map((name) => (
        <Skeleton key={name} className="mt-10 h-36" />
      ))}
    </div>
  );
}
