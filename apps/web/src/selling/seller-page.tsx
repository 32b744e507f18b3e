import type { User } from '@viewora/contracts/user';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { OwnPage } from '../session/own-page.tsx';
import { buttonClass } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

interface SellerPageProps {
  title: string;
  header?: ReactNode;
  staysOpen?: boolean;
  children: (user: User) => ReactNode;
}

export const sellerColumn = 'column mx-auto w-full max-w-6xl px-5';

/** A page for those who sell; anybody else is told who can. */
export function SellerPage({ children, ...page }: SellerPageProps) {
  return (
    <OwnPage {...page} isDivided skeleton={<SellerSkeleton />}>
      {(user) => (canSell(user) ? children(user) : <WhoCanSell user={user} />)}
    </OwnPage>
  );
}

function canSell({ role }: Pick<User, 'role'>): boolean {
  return role === 'seller' || role === 'broker';
}

function WhoCanSell({ user }: { user: User }) {
  return (
    <Notice
      title="Sellers and brokers can list homes"
      isPage
      action={
        <Link to="/" className={buttonClass('primary')}>
          See homes on the map
        </Link>
      }
    >
      <p>
        {user.role === 'admin' ? 'Your account is an administrator’s.' : 'Your account is a buyer’s.'} To sell, sign out
        and create an account as a seller or a broker, with another e-mail address.
      </p>
    </Notice>
  );
}

export function SellerSkeleton() {
  return (
    <div role="status" className={`${sellerColumn} pt-8 md:pt-12`}>
      <span className="sr-only">Loading</span>
      <Skeleton className="h-9 w-52" />
      <Skeleton className="mt-8 h-11" />
      {[1, 2, 3, 4].map((row) => (
        <Skeleton key={row} className="mt-4 h-18" />
      ))}
    </div>
  );
}
