import { useQuery } from '@tanstack/react-query';
import type { Application } from '@viewora/contracts/application';
import type { User } from '@viewora/contracts/user';
import { ArrowLeft, BadgeCheck } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { applicationQuery } from '../api/account-queries.ts';
import { formFailure } from '../api/form-failure.ts';
import { textLink } from '../entry/entry-link.tsx';
import { ownNarrowColumn } from '../session/own-page.tsx';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { ApplicationForm } from './application-form.tsx';
import { HandedIn, Rejection } from './application-state.tsx';

export type Applicant = User & { role: 'seller' | 'broker' };

/** Where an applicant stands, and what is to be done. */
export function VerificationView({ user }: { user: Applicant }) {
  const { data, isError, error, refetch } = useQuery(applicationQuery);
  // A failure to read it anew takes nothing away: somebody may be typing.
  if (!data && isError) {
    return (
      <Step title="Verification">
        <div role="alert" className="flex flex-col items-start gap-3 text-base">
          <p>{formFailure(error)}</p>
          <Button onClick={() => refetch()}>Try again</Button>
        </div>
      </Step>
    );
  }
  if (!data) {
    return (
      <Step title="Verification">
        <Skeleton className="h-72" />
      </Step>
    );
  }
  return <Standing key={data.application?.id} user={user} application={data.application} />;
}

function Standing({ user, application }: { user: Applicant; application: Application | null }) {
  const [isAgain, setIsAgain] = useState(false);
  switch (application?.status) {
    case 'pending':
      return (
        <Step
          title="Your papers are being looked at"
          lead="Somebody reads them. You are told what is decided, here and by mail. Until then, what you list stays a draft."
        >
          <HandedIn application={application} />
        </Step>
      );
    case 'approved':
      return (
        <Step
          title="You are verified"
          lead={
            <span className="flex items-center gap-2">
              <BadgeCheck size={20} aria-hidden className="shrink-0 text-better" />
              You can publish, and people see that we have seen your papers.
            </span>
          }
        >
          <HandedIn application={application} />
        </Step>
      );
    case 'rejected':
      return isAgain ? (
        <Step title="Apply again" lead={lead(user)}>
          <Rejection application={application} />
          <ApplicationForm user={user} application={null} />
        </Step>
      ) : (
        <Step title="Your application was not approved" lead="That is not the end of it: put right what was missing.">
          <Rejection application={application} />
          <Button look="primary" className="self-start" onClick={() => setIsAgain(true)}>
            Apply again
          </Button>
          <HandedIn application={application} />
        </Step>
      );
    default:
      return (
        <Step title="Get verified" lead={lead(user)}>
          <ApplicationForm user={user} application={application} />
        </Step>
      );
  }
}

function lead({ role }: Applicant): string {
  const what = role === 'seller' ? 'that a home is yours to sell' : 'that you may broker';
  return `Before you publish, we look once whether papers show ${what}. Only administrators see them, and each look is written down.`;
}

interface StepProps {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}

/** Whenever the standing becomes another, whoever hears the page is told by its heading. */
function Step({ title, lead: said, children }: StepProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [title]);
  return (
    <div className={ownNarrowColumn}>
      <p className="mb-2 text-sm">
        <Link to="/account" className={`${textLink} inline-flex min-h-11 items-center gap-1.5 md:min-h-8`}>
          <ArrowLeft size={16} aria-hidden /> Account
        </Link>
      </p>
      <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold text-balance outline-none">
        {title}
      </h1>
      {said && <div className="mt-2 text-base text-muted">{said}</div>}
      <div className="mt-8 flex flex-col gap-8">{children}</div>
    </div>
  );
}
