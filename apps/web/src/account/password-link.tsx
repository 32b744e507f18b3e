import { useMutation } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import { call } from '../api/api-client.ts';
import { Button } from '../ui/button.tsx';
import { FormFailure } from '../ui/form-failure.tsx';

/** A first password is set as a forgotten one is: by a link that only the owner of the address gets. */
export function PasswordLink({ email }: { email: string }) {
  const mailing = useMutation({ mutationFn: () => call(accountsApi.forgotPassword, { email }) });
  return (
    <div className="flex flex-col items-start gap-3">
      <Button aria-disabled={mailing.isPending} onClick={() => mailing.isPending || mailing.mutate()}>
        {mailing.isPending ? 'Sending …' : 'Mail me a link to set one'}
      </Button>
      <p role="status" className="text-sm text-muted empty:hidden">
        {mailing.isSuccess && `Sent to ${email}. It can take a minute to arrive.`}
      </p>
      {mailing.isError && <FormFailure error={mailing.error} />}
    </div>
  );
}
