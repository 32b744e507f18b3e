import { useMutation, useQueryClient } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import { AppError } from '@viewora/contracts/errors';
import type { Passkey } from '@viewora/contracts/sign-in-ways';
import { useRef, useState } from 'react';
import { securityQuery } from '../api/account-queries.ts';
import { call } from '../api/api-client.ts';
import { hasPasskeys, isGivenUp, isMadeBefore, makePasskey } from '../session/passkey.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { FormFailure } from '../ui/form-failure.tsx';
import { LiveRegion } from '../ui/live-region.tsx';
import { deviceName } from './device-name.ts';
import { PasskeyNameDialog } from './passkey-name-dialog.tsx';
import { PasskeyRow } from './passkey-row.tsx';
import { usePasswordGate } from './password-gate.tsx';
import { SecurityFailure } from './security-failure.tsx';

interface PasskeyListProps {
  passkeys: readonly Passkey[];
  email: string;
}

export function PasskeyList({ passkeys, email }: PasskeyListProps) {
  const client = useQueryClient();
  const gate = usePasswordGate(email);
  const [renamed, setRenamed] = useState<Passkey | null>(null);
  const [asked, setAsked] = useState<Passkey | null>(null);
  const [said, setSaid] = useState('');
  const own = useRef<HTMLDivElement>(null);
  const refresh = () => client.invalidateQueries({ queryKey: securityQuery.queryKey });
  const adding = useMutation({
    mutationFn: async () => {
      const ceremony = await gate.pass((currentPassword) => call(accountsApi.passkeyRegistration, { currentPassword }));
      if (!ceremony) return null;
      const credential = await makePasskey(ceremony);
      const name = deviceName(navigator.userAgent);
      return call(accountsApi.addPasskey, { ticket: ceremony.ticket, credential, name });
    },
    onSuccess: async (added) => {
      if (added) setSaid(`The passkey ${added.name} is added`);
      await refresh();
    },
  });
  const removing = useMutation({
    mutationFn: ({ id }: Passkey) => call(accountsApi.removePasskey, { id }).catch(ignoreGone),
    onSuccess: async (_, { name }) => {
      setAsked(null);
      setSaid(`The passkey ${name} is removed`);
      await refresh();
      // The button that was pressed went away with its row.
      own.current?.focus();
    },
  });

  return (
    <div ref={own} tabIndex={-1} className="flex flex-col items-start gap-4 outline-none">
      {passkeys.length > 0 && (
        <ul className="w-full overflow-hidden rounded-card border border-hairline bg-surface">
          {passkeys.map((passkey) => (
            <PasskeyRow
              key={passkey.id}
              passkey={passkey}
              onRename={() => setRenamed(passkey)}
              onRemove={() => setAsked(passkey)}
            />
          ))}
        </ul>
      )}
      {hasPasskeys ? (
        <Button aria-disabled={adding.isPending} onClick={() => adding.isPending || adding.mutate()}>
          {adding.isPending ? 'Waiting for your device …' : 'Add a passkey'}
        </Button>
      ) : (
        <p className="text-sm text-muted">This browser cannot make passkeys.</p>
      )}
      {adding.isError && <AddingFailure error={adding.error} />}
      {gate.dialog}
      {renamed && (
        <PasskeyNameDialog
          passkey={renamed}
          onClose={() => setRenamed(null)}
          onRenamed={(name) => {
            setRenamed(null);
            setSaid(`The passkey is called ${name} now`);
            void refresh();
          }}
        />
      )}
      {asked && (
        <ConfirmDialog
          title={`Remove the passkey “${asked.name}”?`}
          action="Remove"
          pending="Removing …"
          isPending={removing.isPending}
          error={removing.error}
          onConfirm={() => removing.mutate(asked)}
          onClose={() => {
            setAsked(null);
            removing.reset();
          }}
        >
          Nobody can sign in with it any more. Your device goes on offering it until you delete it there too.
        </ConfirmDialog>
      )}
      <LiveRegion message={said} />
    </div>
  );
}

function AddingFailure({ error }: { error: Error }) {
  if (isGivenUp(error)) return null;
  if (isMadeBefore(error))
    return <FormFailure error={error} said="This device has a passkey for your account already." />;
  if (error instanceof AppError) return <SecurityFailure error={error} />;
  return <FormFailure error={error} said="The device could not make a passkey. Try again, or use another one." />;
}

/** One that is gone already is what was wanted. */
function ignoreGone(error: unknown): void {
  if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
}
