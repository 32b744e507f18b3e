import { accountsApi } from '@viewora/contracts/accounts';
import { useState } from 'react';
import { call } from '../api/api-client.ts';
import { Form } from '../ui/form.tsx';
import { FormField } from '../ui/form-field.tsx';
import { NewPasswordField } from '../ui/password-field.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { EmailField } from './email-field.tsx';
import { EntryLink } from './entry-link.tsx';
import { EntryPage } from './entry-page.tsx';
import { MailSent } from './mail-sent.tsx';
import { OtherWays } from './other-ways.tsx';
import { useReturn } from './return.ts';
import { RoleChoice } from './role-choice.tsx';

export function SignUpPage() {
  const [email, setEmail] = useState<string | null>(null);
  useReturn();
  return (
    <EntryPage
      title={email === null ? 'Create an account' : 'Look at your mail'}
      aside={
        <>
          {email === null ? 'Have an account already?' : 'Address confirmed?'}{' '}
          <EntryLink to="/sign-in">Sign in</EntryLink>
        </>
      }
    >
      {/* Out of sight and not gone: whoever mistyped the address has the rest to come back to. */}
      <div hidden={email !== null}>
        <Form
          schema={accountsApi.register.input}
          send={async (typed) => {
            await call(accountsApi.register, typed);
            return typed.email;
          }}
          onSent={setEmail}
          footer={
            <SubmitButton pending="Creating the account …" className="w-full">
              Create account
            </SubmitButton>
          }
        >
          <FormField name="name" label="Name" autoComplete="name" />
          <EmailField />
          <NewPasswordField label="Password" />
          <RoleChoice />
        </Form>
        <OtherWays isNew />
      </div>
      {email !== null && (
        <MailSent send={() => call(accountsApi.resendVerification, { email })} onChangeAddress={() => setEmail(null)}>
          We have sent a mail to <strong className="font-semibold text-ink">{email}</strong>. Open the link in it to
          confirm the address, then you can sign in.
        </MailSent>
      )}
    </EntryPage>
  );
}
