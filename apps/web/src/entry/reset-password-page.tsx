import { accountsApi } from '@viewora/contracts/accounts';
import type { AppError } from '@viewora/contracts/errors';
import { useState } from 'react';
import { call } from '../api/api-client.ts';
import { sessionChanged } from '../session/session.ts';
import { buttonClass } from '../ui/button.tsx';
import { Form } from '../ui/form.tsx';
import { NewPasswordField } from '../ui/password-field.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { EntryLink } from './entry-link.tsx';
import { EntryPage } from './entry-page.tsx';
import { useFragmentToken } from './use-fragment-token.ts';

const schema = accountsApi.resetPassword.input.pick({ password: true });

export function ResetPasswordPage() {
  const token = useFragmentToken();
  const [isSet, setIsSet] = useState(false);
  if (isSet) {
    return (
      <EntryPage title="Your new password is set" lead="You are signed out on every device. Sign in with the new one.">
        <EntryLink to="/sign-in" className={`${buttonClass('primary')} w-full`}>
          Sign in
        </EntryLink>
      </EntryPage>
    );
  }
  if (token === null) {
    return (
      <EntryPage
        title="Open the link in the mail"
        lead="A new password is set with the link that we mail you. Open it once more, or ask for a new one."
      >
        <EntryLink to="/forgot-password" className={`${buttonClass('primary')} w-full`}>
          Ask for a new link
        </EntryLink>
      </EntryPage>
    );
  }
  return (
    <EntryPage title="Set a new password" lead="It signs you out on every device.">
      <Form
        schema={schema}
        send={async ({ password }) => {
          await call(accountsApi.resetPassword, { token, password });
          // Whoever is signed in here no longer is.
          await sessionChanged();
        }}
        onSent={() => setIsSet(true)}
        explain={explain}
        footer={
          <SubmitButton pending="Setting it …" className="w-full">
            Set password
          </SubmitButton>
        }
      >
        <NewPasswordField label="New password" />
      </Form>
    </EntryPage>
  );
}

function explain({ code }: AppError) {
  if (code !== 'invalid_input') return undefined;
  return (
    <>
      This link no longer works: it has been used, or is too old.{' '}
      <EntryLink to="/forgot-password">Ask for a new one</EntryLink>
    </>
  );
}
