import { accountsApi } from '@viewora/contracts/accounts';
import { useState } from 'react';
import { call } from '../api/api-client.ts';
import { Form } from '../ui/form.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { EmailField } from './email-field.tsx';
import { EntryLink } from './entry-link.tsx';
import { EntryPage } from './entry-page.tsx';
import { MailSent } from './mail-sent.tsx';

export function ForgotPasswordPage() {
  const [email, setEmail] = useState<string | null>(null);
  const aside = <EntryLink to="/sign-in">Back to signing in</EntryLink>;
  if (email !== null) {
    return (
      <EntryPage title="Look at your mail" aside={aside}>
        <MailSent send={() => call(accountsApi.forgotPassword, { email })} onChangeAddress={() => setEmail(null)}>
          If <strong className="font-semibold text-ink">{email}</strong> has an account, a mail with a link to set a new
          password is on its way.
        </MailSent>
      </EntryPage>
    );
  }
  return (
    <EntryPage
      title="Forgot password"
      lead="We mail you a link that sets a new one. Until you use it, the old one stays good."
      aside={aside}
    >
      <Form
        schema={accountsApi.forgotPassword.input}
        send={async (typed) => {
          await call(accountsApi.forgotPassword, typed);
          return typed.email;
        }}
        onSent={setEmail}
        footer={
          <SubmitButton pending="Sending …" className="w-full">
            Send the link
          </SubmitButton>
        }
      >
        <EmailField />
      </Form>
    </EntryPage>
  );
}
