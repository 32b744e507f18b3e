import { accountsApi } from '@viewora/contracts/accounts';
import type { OutputOf } from '@viewora/contracts/service';
import { call } from '../api/api-client.ts';

type Ceremony = OutputOf<typeof accountsApi.passkeyOptions>;

/** Comes with the first use; the browser's own interface speaks in bytes, this library in JSON. */
const importWebAuthn = () => import('@simplewebauthn/browser');

/** Whether this browser knows passkeys at all. */
export const hasPasskeys = typeof PublicKeyCredential === 'function';

/** Whether a field's suggestions can offer the passkeys of this site. */
export async function hasPasskeySuggestions(): Promise<boolean> {
  return hasPasskeys && (await importWebAuthn()).browserSupportsWebAuthnAutofill();
}

interface SignInOptions {
  /** Waits among the suggestions of the e-mail field, instead of asking at once. */
  isSuggested: boolean;
  /** Asked before the browser is: meanwhile the visitor may have gone on. */
  isStillWanted: () => boolean;
}

/** Signs in with a passkey of the visitor's choice, and says whether it did. Of two at a time the later ends the earlier. */
export async function signInWithPasskey({ isSuggested, isStillWanted }: SignInOptions): Promise<boolean> {
  const [{ startAuthentication }, { ticket, options }] = await Promise.all([
    importWebAuthn(),
    call(accountsApi.passkeyOptions, {}),
  ]);
  if (!isStillWanted()) return false;
  const credential = await startAuthentication({
    optionsJSON: options as unknown as Parameters<typeof startAuthentication>[0]['optionsJSON'],
    useBrowserAutofill: isSuggested,
  });
  await call(accountsApi.passkeySignIn, { ticket, credential: { ...credential } });
  return true;
}

/** Has the device make a passkey. */
export async function makePasskey({ options }: Ceremony): Promise<Record<string, unknown>> {
  const { startRegistration } = await importWebAuthn();
  const optionsJSON = options as unknown as Parameters<typeof startRegistration>[0]['optionsJSON'];
  return { ...(await startRegistration({ optionsJSON })) };
}

/** Takes back what waits for a choice: the page that offered it is going. */
export async function forgetPasskeyCeremony(): Promise<void> {
  const { WebAuthnAbortService } = await importWebAuthn();
  WebAuthnAbortService.cancelCeremony();
}

/** Whoever closes the browser's dialog, or lets it run out, has been told enough by it. */
export function isGivenUp(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError');
}

/** The device has one already for this account. */
export function isMadeBefore(error: unknown): boolean {
  return error instanceof Error && error.name === 'InvalidStateError';
}
