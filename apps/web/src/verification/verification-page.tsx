import type { User } from '@viewora/contracts/user';
import { Link } from 'react-router';
import { OwnPage, ownNarrowColumn } from '../session/own-page.tsx';
import { buttonClass } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { type Applicant, VerificationView } from './verification-view.tsx';

/** Where sellers and brokers show what they have to show before they can publish. */
export function VerificationPage() {
  return (
    <OwnPage title="Verification" skeleton={<VerificationSkeleton />}>
      {(user) => (isApplicant(user) ? <VerificationView user={user} /> : <NotNeeded />)}
    </OwnPage>
  );
}

function isApplicant(user: User): user is Applicant {
  return user.role === 'seller' || user.role === 'broker';
}

function NotNeeded() {
  return (
    <Notice
      title="Your account needs no verification"
      isPage
      action={
        <Link to="/account" className={buttonClass()}>
          To your account
        </Link>
      }
    >
      Papers are asked only of those who list homes: sellers and brokers.
    </Notice>
  );
}

function VerificationSkeleton() {
  return (
    <div role="status" className={ownNarrowColumn}>
      <span className="sr-only">Loading your application</span>
      <Skeleton className="h-9 w-60" />
      <Skeleton className="mt-8 h-72" />
    </div>
  );
}
