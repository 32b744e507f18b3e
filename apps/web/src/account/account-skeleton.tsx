import { Skeleton } from '../ui/skeleton.tsx';
import { accountColumn } from './account-section.tsx';

export function AccountSkeleton() {
  return (
    <div role="status" className={accountColumn}>
      <span className="sr-only">Loading your account</span>
      <Skeleton className="h-9 w-40" />
      {['profile', 'password', 'devices'].map((name) => (
        <Skeleton key={name} className="mt-10 h-36" />
      ))}
    </div>
  );
}
