import { useQuery } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import { AppError } from '@viewora/contracts/errors';
import { useEffect, useState } from 'react';
import { call } from '../api/api-client.ts';
import { formFailure } from '../api/form-failure.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Form } from '../ui/form.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { EmailField } from './email-field.tsx';
import { EntryLink } from './entry-link.tsx';
import { EntryPage } from './entry-page.tsx';
import { MailSent } from './mail-sent.tsx';
import { typedEmail } from './typed-email.ts';
import { useFragmentToken } from './use-fragment-token.ts';

export function VerifyEmailPage() {
  const token = useFragmentToken();
  // A query and not an effect: however often the page is drawn, the token is sent once.
  const confirmed = useQuery({
    queryKey: ['verify-email', token],
    queryFn: () => call(accountsApi.verifyEmail, { token: token ?? '' }),
    enabled: token !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const email = confirmed.data?.email;
  useEffect(() => {
    if (email !== undefined) typedEmail.set(email);
  }, [email]);

  if (token === null) return <WithoutLink title="Open the link in the mail" lead="It confirms your address." />;
  if (email !== undefined) {
    return (
      <EntryPage title="Your address is confirmed" lead={`You can sign in with ${email} now.`}>
        <EntryLink to="/sign-in" className={`${buttonClass('primary')} w-full`}>
          Sign in
        </EntryLink>
      </EntryPage>
    );
  }
  const { error } = confirmed;
  if (error instanceof AppError && error.code === 'invalid_input') {
    return (
      <WithoutLink
        title="This link no longer works"
        lead="It has been used already, or is too old. If you have confirmed your address, just sign in."
      />
    );
  }
  if (error) {
    return (
      <EntryPage title="Your address is not confirmed yet" lead={formFailure(error)}>
        <Button look="primary" className="w-full" onClick={() => confirmed.refetch()}>
          Try again
        </Button>
      </EntryPage>
    );
  }
  return (
    <EntryPage title="Confirming your address …">
      <Skeleton className="h-11" />
    </EntryPage>
  );
}

/** A way on for whoever has no link that works: a new one, by mail. */
function WithoutLink({ title, lead }: { title: string; lead: string }) {
  const [email, setEmail] = useState<string | null>(null);
  const resend = (typed: { email: string }) => call(accountsApi.resendVerification, typed);
  const aside = <EntryLink to="/sign-in">Sign in</EntryLink>;
  if (email !== null) {
    return (
      <EntryPage title="Look at your mail" aside={aside}>
        <MailSent send={() => resend({ email })} onChangeAddress={() => setEmail(null)}>
          If <strong className="font-semibold text-ink">{email}</strong> is still to be confirmed, a new link is on its
          way to it.
        </MailSent>
      </EntryPage>
    );
  }
  return (
    <EntryPage title={title} lead={lead} aside={aside}>
      <Form
        schema={accountsApi.resendVerification.input}
        send={async (typed) => {
          await resend(typed);
          return typed.email;
        }}
        onSent={setEmail}
        footer={
          <SubmitButton pending="Sending …" className="w-full">
            Send a new link
          </SubmitButton>
        }
      >
        <EmailField />
      </Form>
    </EntryPage>
  );
}
