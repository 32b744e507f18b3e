import { useMutation, useQueryClient } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import type { AdminApplication } from '@viewora/contracts/application';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { adminKey, applicationQuery } from '../api/admin-queries.ts';
import { call } from '../api/api-client.ts';
import { formatMoment } from '../format/dates.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { showToast } from '../ui/toast.tsx';
import { DocumentList } from './document-list.tsx';
import { Facts } from './facts.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { useShortcuts } from './shortcuts.ts';
import { applicationStatusNames, rejectReasons } from './words.ts';

interface ApplicationViewProps {
  application: AdminApplication;
  /** Whether it is what somebody is led to, and not what they look at from its list. */
  takesFocus: boolean;
  /** There is no list beside it: its heading is the page's. */
  isPage: boolean;
  onDecided: () => void;
}

/** An application with its papers, and the decision. */
export function ApplicationView({ application, takesFocus, isPage, onDecided }: ApplicationViewProps) {
  const Heading = isPage ? 'h1' : 'h2';
  const { id, applicant, role, status, message, documents, submittedAt, decidedAt, decidedBy, reason } = application;
  const [asked, setAsked] = useState<'approve' | 'reject' | null>(null);
  const client = useQueryClient();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus({ preventScroll: true });
  }, []);
  const isWaiting = status === 'pending';
  useShortcuts(isWaiting ? { a: () => setAsked('approve'), r: () => setAsked('reject') } : {});

  function decided(now: AdminApplication): void {
    client.setQueryData(applicationQuery(id).queryKey, now);
    for (const key of ['counts', 'audit', 'users', 'user'])
      void client.invalidateQueries({ queryKey: [...adminKey, key] });
    showToast({
      text: `${applicant.name} is ${now.status === 'approved' ? 'approved' : 'rejected'}, and is told by mail`,
    });
    setAsked(null);
    onDecided();
  }

  const approving = useMutation({
    mutationFn: () => call(accountsApi.approveApplication, { id }),
    onSuccess: decided,
    // Somebody else may have been faster.
    onError: () => client.invalidateQueries({ queryKey: applicationQuery(id).queryKey }),
  });

  return (
    <article>
      <Heading ref={heading} tabIndex={-1} className="text-lg font-semibold outline-none">
        {applicant.name}
      </Heading>
      <p className="text-sm text-muted">wants to {role === 'seller' ? 'sell' : 'work as a broker'}</p>
      <div className="mt-5">
        <Facts
          facts={[
            [
              'Account',
              <Link
                key="account"
                to={`/admin/users/${applicant.id}`}
                className="font-semibold text-accent underline-offset-4 hover:underline"
              >
                {applicant.email}
              </Link>,
            ],
            ['State', applicationStatusNames[status]],
            ['Handed in', submittedAt && formatMoment(submittedAt)],
            [
              'Decided',
              decidedAt && [formatMoment(decidedAt), decidedBy && `by ${decidedBy.name}`].filter(Boolean).join(' '),
            ],
            ['Because', reason],
            [
              'Says',
              message && (
                <span key="message" className="whitespace-pre-line">
                  {message}
                </span>
              ),
            ],
          ]}
        />
      </div>
      <DocumentList applicationId={id} documents={documents} />
      {isWaiting && (
        <div className="sticky bottom-0 -mx-4 mt-8 flex gap-3 border-t border-hairline bg-paper px-4 py-3 *:flex-1 md:mx-0 md:px-0 md:*:flex-none">
          <Button look="primary" onClick={() => setAsked('approve')}>
            Approve …
          </Button>
          <Button onClick={() => setAsked('reject')}>Reject …</Button>
        </div>
      )}
      {asked === 'approve' && (
        <ConfirmDialog
          title={`Approve ${applicant.name}?`}
          action="Approve"
          pending="Approving …"
          isPending={approving.isPending}
          error={approving.error}
          onConfirm={() => approving.mutate()}
          onClose={() => {
            setAsked(null);
            approving.reset();
          }}
        >
          They can publish listings at once, and are told by mail. This cannot be taken back.
        </ConfirmDialog>
      )}
      {asked === 'reject' && (
        <ReasonDialog
          title={`Reject ${applicant.name}?`}
          picks={rejectReasons}
          action="Reject"
          pending="Rejecting …"
          send={async (why) => decided(await call(accountsApi.rejectApplication, { id, reason: why }))}
          onClose={() => setAsked(null)}
        >
          They are told the reason by mail, and can apply again.
        </ReasonDialog>
      )}
    </article>
  );
}
