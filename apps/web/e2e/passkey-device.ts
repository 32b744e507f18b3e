import type { Page } from 'playwright-core';

/** A device that makes passkeys and uses them without asking anybody. */
export async function addPasskeyDevice(page: Page): Promise<void> {
  // Nor does it sign in by itself, as it would where the field suggests it.
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}
