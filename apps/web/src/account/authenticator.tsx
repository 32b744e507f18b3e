import { useMutation, useQueryClient } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import type { OutputOf } from '@viewora/contracts/service';
import type { Security } from '@viewora/contracts/sign-in-ways';
import { lazy, Suspense, useState } from 'react';
import { securityQuery } from '../api/account-queries.ts';
import { call } from '../api/api-client.ts';
import { plural } from '../format/facts.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { LiveRegion } from '../ui/live-region.tsx';
import { usePasswordGate } from './password-gate.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { SecurityFailure } from './security-failure.tsx';

/** Drawing a QR code is for the few who set it up. */
const AuthenticatorSetup = lazy(() =>
  import('./authenticator-setup.tsx').then((module) => ({ default: module.AuthenticatorSetup })),
);

const fewCodes = 3;

interface AuthenticatorProps {
  security: Security;
  email: string;
}

/** The app whose codes are asked for, and the codes for when it is lost. */
export function Authenticator({ security: { hasTotp, recoveryCodesLeft }, email }: AuthenticatorProps) {
  const client = useQueryClient();
  const gate = usePasswordGate(email);
  const [setup, setSetup] = useState<OutputOf<typeof accountsApi.beginTotp> | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [isAsked, setIsAsked] = useState<'remove' | 'codes' | null>(null);
  const [said, setSaid] = useState('');
  const refresh = () => client.invalidateQueries({ queryKey: securityQuery.queryKey });

  const beginning = useMutation({
    mutationFn: () => gate.pass((currentPassword) => call(accountsApi.beginTotp, { currentPassword })),
    onSuccess: setSetup,
  });
  const removing = useMutation({
    mutationFn: () => gate.pass((currentPassword) => call(accountsApi.removeTotp, { currentPassword })),
    onMutate: () => setIsAsked(null),
    onSuccess: async (removed) => {
      if (removed) setSaid('The authenticator app is not asked for any more');
      await refresh();
    },
  });
  const renewing = useMutation({
    mutationFn: () => gate.pass((currentPassword) => call(accountsApi.newRecoveryCodes, { currentPassword })),
    onMutate: () => setIsAsked(null),
    onSuccess: async (renewed) => {
      if (renewed) setCodes(renewed.recoveryCodes);
      await refresh();
    },
  });
  const error = beginning.error ?? removing.error ?? renewing.error;
  const isPending = beginning.isPending || removing.isPending || renewing.isPending;

  return (
    <div className="flex flex-col items-start gap-4">
      {hasTotp && (
        <div>
          <p className="text-base font-semibold">On</p>
          <p className={`text-sm ${recoveryCodesLeft <= fewCodes ? 'text-worse' : 'text-muted'}`}>
            {recoveryCodesLeft === 0
              ? 'No recovery code is left: make new ones, or you are locked out without the app.'
              : `${plural(recoveryCodesLeft, 'recovery code')} left${recoveryCodesLeft <= fewCodes ? ': make new ones soon' : ''}.`}
          </p>
        </div>
      )}
      <div className="flex flex-wrap gap-3">
        {hasTotp ? (
          <>
            <Button aria-disabled={isPending} onClick={() => isPending || setIsAsked('codes')}>
              New recovery codes
            </Button>
            <Button aria-disabled={isPending} onClick={() => isPending || setIsAsked('remove')}>
              Turn off
            </Button>
          </>
        ) : (
          <Button aria-disabled={isPending} onClick={() => isPending || beginning.mutate()}>
            Set up
          </Button>
        )}
      </div>
      {error && <SecurityFailure error={error} />}
      {gate.dialog}
      {isAsked === 'remove' && (
        <ConfirmDialog
          title="Turn off the authenticator app?"
          action="Turn off"
          pending="Turning off …"
          isPending={false}
          error={null}
          onConfirm={() => removing.mutate()}
          onClose={() => setIsAsked(null)}
        >
          Its codes are not asked for any more, and your recovery codes are worth nothing.
        </ConfirmDialog>
      )}
      {isAsked === 'codes' && (
        <ConfirmDialog
          title="Make new recovery codes?"
          action="Make new ones"
          pending="Making them …"
          isPending={false}
          error={null}
          onConfirm={() => renewing.mutate()}
          onClose={() => setIsAsked(null)}
        >
          Those that you have now are worth nothing once you see the new ones.
        </ConfirmDialog>
      )}
      {setup && (
        <Suspense>
          <AuthenticatorSetup
            {...setup}
            onClose={() => setSetup(null)}
            onDone={(recoveryCodes) => {
              setSetup(null);
              setSaid('The authenticator app is set up');
              if (recoveryCodes.length > 0) setCodes(recoveryCodes);
              void refresh();
            }}
          />
        </Suspense>
      )}
      {codes && <RecoveryCodes codes={codes} onKept={() => setCodes(null)} />}
      <LiveRegion message={said} />
    </div>
  );
}
