import { useQuery } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import type { AppError } from '@viewora/contracts/errors';
import type { User } from '@viewora/contracts/user';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { securityQuery } from '../api/account-queries.ts';
import { call } from '../api/api-client.ts';
import { sessionClosed } from '../session/session.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogButtons } from '../ui/dialog.tsx';
import { Form } from '../ui/form.tsx';
import { FormField } from '../ui/form-field.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { isSignInWanted, SignInAgain } from './security-failure.tsx';

interface EraseDialogProps {
  user: User;
  onClose: () => void;
}

/** Asks with the name of the account, and says what goes with it. */
export function EraseDialog({ user, onClose }: EraseDialogProps) {
  const navigate = useNavigate();
  const hasPassword = useQuery(securityQuery).data?.hasPassword ?? true;
  const schema = useMemo(() => confirmation(user.email), [user.email]);
  return (
    <Dialog title={`Delete the account of ${user.name}?`} lead="With it goes, for good:" onClose={onClose}>
      <ul className="-mt-3 mb-5 list-disc pl-5 text-base marker:text-muted">
        {whatGoes(user).map((what) => (
          <li key={what}>{what}</li>
        ))}
      </ul>
      <Form
        schema={schema}
        send={async ({ currentPassword }) => call(accountsApi.eraseMe, { currentPassword })}
        onSent={() => sessionClosed(() => navigate('/account-erased', { replace: true }))}
        explain={(error: AppError) => (isSignInWanted(error) ? <SignInAgain /> : undefined)}
        footer={
          <DialogButtons>
            <Button onClick={onClose}>Keep it</Button>
            <SubmitButton pending="Deleting …">Delete for good</SubmitButton>
          </DialogButtons>
        }
      >
        <FormField
          name="email"
          label="Your e-mail address"
          hint={`Type ${user.email}, to show that it is no slip.`}
          type="email"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        {hasPassword && <PasswordField name="currentPassword" label="Password" autoComplete="current-password" />}
      </Form>
    </Dialog>
  );
}

/** What is sent is the password alone; the address shows that it is not a slip. */
function confirmation(email: string) {
  const typedOut = accountsApi.forgotPassword.input.shape.email.refine(
    (typed) => typed === email.toLowerCase(),
    `must be ${email}`,
  );
  return accountsApi.eraseMe.input.extend({ email: typedOut });
}

function whatGoes({ role }: User): string[] {
  const listings = role === 'seller' || role === 'broker';
  return [
    'Your profile, and every way to sign in to it',
    ...(listings
      ? ['Your listings, with their pictures: they leave the map', 'Your verification and its documents']
      : []),
    'The homes that you have saved, and your notes on them',
    'Your notifications',
  ];
}
