import { useQuery } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import { AppError } from '@viewora/contracts/errors';
import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { call } from '../api/api-client.ts';
import { formFailure } from '../api/form-failure.ts';
import { sessionChanged } from '../session/session.ts';
import { buttonClass } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { CodeStep } from './code-step.tsx';
import { EntryLink } from './entry-link.tsx';
import { EntryPage } from './entry-page.tsx';
import { takeAttempt } from './google-attempt.ts';
import { type GoogleReturn, readGoogleReturn } from './google-return.ts';
import { useReturn } from './return.ts';

/** Where Google sends visitors back to. */
export function GooglePage() {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const [returned] = useState(() => readOnce(search));
  useReturn();
  useEffect(() => {
    // Out of the address bar and the history at once: nobody shall copy a code along or come back to it.
    navigate({ pathname, search: returned.search }, { replace: true });
  }, [pathname, returned, navigate]);
  if (returned.kind === 'refused') return <NotSignedIn {...returned} />;
  return <Finish {...returned} />;
}

/** However often the page is drawn, an attempt is taken once. */
let read: { of: string; returned: GoogleReturn } | undefined;

function readOnce(search: string): GoogleReturn {
  if (read?.of !== search) read = { of: search, returned: readGoogleReturn(search, takeAttempt()) };
  return read.returned;
}

function Finish({ code, state }: { code: string; state: string }) {
  const navigate = useNavigate();
  const { search } = useLocation();
  // A query and not an effect: however often the page is drawn, the code is sent once.
  const signedIn = useQuery({
    queryKey: ['google', state],
    queryFn: async () => {
      const reply = await call(accountsApi.google, { code, state });
      if ('user' in reply) await sessionChanged();
      return reply;
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const { data, error } = signedIn;
  if (error) return <NotSignedIn title="You are not signed in" lead={explain(error)} />;
  if (data && 'secondFactor' in data) {
    return <CodeStep wanted={data.secondFactor} onBack={() => navigate({ pathname: '/sign-in', search })} />;
  }
  return (
    <EntryPage title="Signing in …">
      <Skeleton className="h-11" />
    </EntryPage>
  );
}

function NotSignedIn({ title, lead }: { title: string; lead: string }) {
  return (
    <EntryPage title={title} lead={lead}>
      <EntryLink to="/sign-in" className={`${buttonClass('primary')} w-full`}>
        Back to sign in
      </EntryLink>
    </EntryPage>
  );
}

function explain(error: Error): string {
  if (!(error instanceof AppError)) return formFailure(error);
  if (error.code === 'unauthenticated') return 'What Google sent is no longer good. Begin again.';
  // Why, the server says: a blocked account, an address that Google has not confirmed.
  if (error.code === 'forbidden' || error.code === 'conflict') return `${error.message}.`;
  return formFailure(error);
}
