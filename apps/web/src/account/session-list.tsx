import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import { AppError } from '@viewora/contracts/errors';
import type { Session } from '@viewora/contracts/user';
import { useRef, useState } from 'react';
import { sessionsQuery } from '../api/account-queries.ts';
import { call } from '../api/api-client.ts';
import { formFailure } from '../api/form-failure.ts';
import { plural } from '../format/facts.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { LiveRegion } from '../ui/live-region.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { SessionRow } from './session-row.tsx';

/** Where the user is signed in, and the ways to end that. */
export function SessionList() {
  const client = useQueryClient();
  const sessions = useQuery(sessionsQuery);
  const [asked, setAsked] = useState<Session | 'others' | null>(null);
  const [said, setSaid] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const ending = useMutation({
    mutationFn: async (ended: Session | 'others') => {
      await (ended === 'others' ? call(accountsApi.revokeOtherSessions, {}) : revoke(ended.id));
    },
    onSuccess: async (_, ended) => {
      setAsked(null);
      setSaid(ended === 'others' ? 'The other devices are signed out' : `${ended.device} is signed out`);
      await client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
      // The button that was pressed went away with its row.
      list.current?.focus();
    },
  });

  if (sessions.isError) {
    return (
      <div role="alert" className="flex flex-col items-start gap-3 text-base">
        <p>{formFailure(sessions.error)}</p>
        <Button onClick={() => sessions.refetch()}>Try again</Button>
      </div>
    );
  }
  if (!sessions.data) return <Skeleton className="h-36" />;
  const { items } = sessions.data;
  const others = items.filter(({ isCurrent }) => !isCurrent).length;
  return (
    <>
      <ul
        ref={list}
        tabIndex={-1}
        className="overflow-hidden rounded-card border border-hairline bg-surface outline-none"
      >
        {items.map((session) => (
          <SessionRow key={session.id} session={session} onEnd={() => setAsked(session)} />
        ))}
      </ul>
      {others > 0 && (
        <Button className="mt-4" onClick={() => setAsked('others')}>
          Sign out all other devices
        </Button>
      )}
      {asked && (
        <ConfirmDialog
          title={asked === 'others' ? `Sign out ${plural(others, 'other device')}?` : `Sign out ${asked.device}?`}
          action="Sign out"
          pending="Signing out …"
          isPending={ending.isPending}
          error={ending.error}
          onConfirm={() => ending.mutate(asked)}
          onClose={() => {
            setAsked(null);
            ending.reset();
          }}
        >
          {asked === 'others'
            ? 'This device stays signed in. The others need the password to come back.'
            : `It was last seen from ${asked.place}, and needs the password to come back.`}
        </ConfirmDialog>
      )}
      <LiveRegion message={said} />
    </>
  );
}

/** One that is over already is what was wanted. */
async function revoke(id: string): Promise<void> {
  await call(accountsApi.revokeSession, { id }).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
  });
}
