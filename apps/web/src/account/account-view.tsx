import type { User } from '@viewora/contracts/user';
import { useEffect, useRef } from 'react';
import { useSignOut } from '../session/use-sign-out.ts';
import { Button } from '../ui/button.tsx';
import { FormFailure } from '../ui/form-failure.tsx';
import { AccountSection, accountColumn } from './account-section.tsx';
import { PasswordForm } from './password-form.tsx';
import { ProfileForm } from './profile-form.tsx';
import { SessionList } from './session-list.tsx';

export function AccountView({ user }: { user: User }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const signingOut = useSignOut();
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className={accountColumn}>
      <h1 ref={heading} tabIndex={-1} className="mb-8 text-xl font-semibold outline-none">
        Account
      </h1>
      <AccountSection title="Profile">
        <ProfileForm user={user} />
      </AccountSection>
      <AccountSection title="Password" lead="A new one signs you out on every other device.">
        <PasswordForm email={user.email} />
      </AccountSection>
      <AccountSection
        title="Devices"
        lead="Where you are signed in. One that you do not know? Sign it out and change your password."
      >
        <SessionList />
      </AccountSection>
      <AccountSection title="Sign out" lead="On this device only.">
        <div className="flex flex-col items-start gap-3">
          <Button aria-disabled={signingOut.isPending} onClick={() => signingOut.isPending || signingOut.mutate()}>
            {signingOut.isPending ? 'Signing out …' : 'Sign out'}
          </Button>
          {signingOut.isError && <FormFailure error={signingOut.error} />}
        </div>
      </AccountSection>
    </div>
  );
}
