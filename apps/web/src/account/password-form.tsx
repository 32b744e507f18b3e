import { useQueryClient } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import { useState } from 'react';
import { sessionsQuery } from '../api/account-queries.ts';
import { call } from '../api/api-client.ts';
import { Form } from '../ui/form.tsx';
import { NewPasswordField, PasswordField } from '../ui/password-field.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';

export function PasswordForm({ email }: { email: string }) {
  const client = useQueryClient();
  const [timesChanged, setTimesChanged] = useState(0);
  return (
    <Form
      schema={accountsApi.changePassword.input}
      send={(typed) => call(accountsApi.changePassword, typed)}
      onSent={() => {
        setTimesChanged(timesChanged + 1);
        void client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
      }}
      footer={
        <div className="flex flex-wrap items-center gap-4">
          <SubmitButton pending="Changing it …">Change password</SubmitButton>
          <p role="status" className="text-sm text-muted">
            {timesChanged > 0 && 'Changed. Your other devices are signed out.'}
          </p>
        </div>
      }
    >
      {/* A key: what was typed has done its work. */}
      <div key={timesChanged} className="flex flex-col gap-5">
        {/* Tells password managers whose password this is. Without a name, so that it is not sent. */}
        <input type="email" value={email} autoComplete="username" readOnly hidden />
        <PasswordField name="currentPassword" label="Current password" autoComplete="current-password" />
        <NewPasswordField label="New password" />
      </div>
    </Form>
  );
}
