import { useQuery } from '@tanstack/react-query';
import type { User } from '@viewora/contracts/user';
import { useRef } from 'react';
import { securityQuery } from '../api/account-queries.ts';
import { formFailure } from '../api/form-failure.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { AccountSection } from './account-section.tsx';
import { Authenticator } from './authenticator.tsx';
import { PasskeyList } from './passkey-list.tsx';
import { PasswordForm } from './password-form.tsx';
import { PasswordLink } from './password-link.tsx';

/** How somebody can sign in, and what guards it. */
export function SecuritySections({ user }: { user: User }) {
  const { data, isError, error, refetch } = useQuery(securityQuery);
  const last = useRef(data);
  if (data) last.current = data;
  // Reading it anew takes nothing away, nor does a session that ends: somebody may be typing a password.
  const security = last.current;
  if (!security && isError) {
    return (
      <div role="alert" className="flex flex-col items-start gap-3 text-base">
        <p>{formFailure(error)}</p>
        <Button onClick={() => refetch()}>Try again</Button>
      </div>
    );
  }
  if (!security) {
    return ['password', 'passkeys', 'app'].map((name) => <Skeleton key={name} className="h-32" />);
  }
  return (
    <>
      {security.hasPassword ? (
        <AccountSection title="Password" lead="A new one signs you out on every other device.">
          <PasswordForm email={user.email} />
        </AccountSection>
      ) : (
        <AccountSection title="Password" lead="You have none: you sign in in another way.">
          <PasswordLink email={user.email} />
        </AccountSection>
      )}
      <AccountSection
        title="Passkeys"
        lead="Sign in with your fingerprint, your face or the lock of your device. Nobody can guess one or talk you out of it."
      >
        <PasskeyList passkeys={security.passkeys} email={user.email} />
      </AccountSection>
      <AccountSection title="Authenticator app" lead={authenticatorLead(user.role)}>
        <Authenticator security={security} email={user.email} />
      </AccountSection>
      {security.google !== null && (
        <AccountSection title="Google" lead="Signs you in as well.">
          <p className="text-base">{security.google}</p>
        </AccountSection>
      )}
    </>
  );
}

function authenticatorLead(role: User['role']): string {
  const isAskedAnyway = role === 'broker' || role === 'admin';
  return isAskedAnyway
    ? 'Its codes take the place of those that we mail you.'
    : 'Asks for a code from your phone after the password.';
}
