import type { User } from '@viewora/contracts/user';
import { useEffect, useRef } from 'react';
import { ownColumn } from '../session/own-page.tsx';
import { useSignOut } from '../session/use-sign-out.ts';
import { Button } from '../ui/button.tsx';
import { FormFailure } from '../ui/form-failure.tsx';
import { VerificationBanner } from '../verification/verification-banner.tsx';
import { AccountGroup, AccountSection } from './account-section.tsx';
import { DataSections } from './data-sections.tsx';
import { ProfileForm } from './profile-form.tsx';
import { SecuritySections } from './security-sections.tsx';
import { SessionList } from './session-list.tsx';

function isPublic({ role }: User): boolean {
  return role === 'seller' || role === 'broker';
}

export function AccountView({ user }: { user: User }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const signingOut = useSignOut();
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className={ownColumn}>
      <h1 ref={heading} tabIndex={-1} className="mb-8 text-xl font-semibold outline-none">
        Account
      </h1>
      <VerificationBanner user={user} />
      <AccountGroup title="Profile">
        <AccountSection title="About you" lead={isPublic(user) && 'Your name stands beside what you list.'}>
          <ProfileForm user={user} />
        </AccountSection>
      </AccountGroup>
      <AccountGroup title="Sign-in and security">
        <SecuritySections user={user} />
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
      </AccountGroup>
      <AccountGroup title="Your data">
        <DataSections user={user} />
      </AccountGroup>
    </div>
  );
}
