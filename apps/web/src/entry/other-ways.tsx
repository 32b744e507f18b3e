import { useQuery } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import { call } from '../api/api-client.ts';
import { hasPasskeys } from '../session/passkey.ts';
import { GoogleButton } from './google-button.tsx';
import { PasskeyButton } from './passkey-button.tsx';

const methodsQuery = {
  queryKey: ['sign-in-methods'],
  queryFn: () => call(accountsApi.signInMethods, {}),
  staleTime: Number.POSITIVE_INFINITY,
};

interface OtherWaysProps {
  /** Somebody without an account has no passkey for it. */
  isNew?: boolean;
}

/** Beside the password: what is offered here, and what the browser can. */
export function OtherWays({ isNew = false }: OtherWaysProps) {
  const hasGoogle = useQuery(methodsQuery).data?.google ?? false;
  const isWithPasskey = hasPasskeys && !isNew;
  if (!hasGoogle && !isWithPasskey) return null;
  return (
    <div className="mt-6 flex flex-col gap-3">
      <p className="flex items-center gap-3 text-sm text-muted before:h-px before:flex-1 before:bg-hairline after:h-px after:flex-1 after:bg-hairline">
        or
      </p>
      {isWithPasskey && <PasskeyButton />}
      {hasGoogle && <GoogleButton />}
      {hasGoogle && isNew && <p className="text-sm text-muted">With Google you begin as a buyer.</p>}
    </div>
  );
}
