import { Injectable } from '@nestjs/common';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers';
import { AppError } from '@viewora/contracts/errors';
import { invalidInput, parseInput } from '@viewora/service-kit/errors';
import { z } from 'zod';

/** What is kept of a passkey to check it by. */
export interface PasskeyKey {
  credentialId: string;
  publicKey: Uint8Array<ArrayBuffer>;
  /** Of sign-ins, as the authenticator counts them; 0 where it does not. */
  counter: number;
  transports: Transport[];
}

const transports = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;
type Transport = (typeof transports)[number];

const lastsMs = 5 * 60_000;
const Bytes = z.string().min(1).max(20_000);
const common = {
  id: z.string().min(1).max(1_500),
  rawId: z.string().min(1).max(1_500),
  type: z.literal('public-key'),
};
/** `PublicKeyCredential.toJSON()` (WebAuthn Level 3, 5.1), as far as it is read here. */
const Registered = z.object({
  credential: z.object({
    ...common,
    response: z.object({
      clientDataJSON: Bytes,
      attestationObject: Bytes,
      transports: z.array(z.string()).max(20).optional(),
    }),
  }),
});
const SignedIn = z.object({
  credential: z.object({
    ...common,
    response: z.object({
      clientDataJSON: Bytes,
      authenticatorData: Bytes,
      signature: Bytes,
      userHandle: z.string().min(1).max(100),
    }),
  }),
});
export type Assertion = z.infer<typeof SignedIn>['credential'];

/** This platform as passkeys know it (WebAuthn's "relying party"): the web app's origin, and its host as their scope. */
@Injectable()
export class RelyingParty {
  private readonly id: string;

  constructor(private readonly origin: string) {
    this.id = new URL(origin).hostname;
  }

  /** Passkeys that can be found without an address and ask for a finger, a face or a PIN: two factors in one. */
  registrationOptions(
    user: { id: string; email: string; name: string },
    challenge: string,
    known: PasskeyKey[],
  ): Promise<PublicKeyCredentialCreationOptionsJSON> {
    return generateRegistrationOptions({
      rpName: 'Viewora',
      rpID: this.id,
      userID: new Uint8Array(Buffer.from(user.id)),
      userName: user.email,
      userDisplayName: user.name,
      challenge: bytesOf(challenge),
      timeout: lastsMs,
      attestationType: 'none',
      excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
  }

  signInOptions(challenge: string): Promise<PublicKeyCredentialRequestOptionsJSON> {
    return generateAuthenticationOptions({
      rpID: this.id,
      challenge: bytesOf(challenge),
      timeout: lastsMs,
      userVerification: 'required',
    });
  }

  /** @throws AppError `invalid_input` on `credential` for what no passkey made for this challenge says. */
  async verifyRegistration(credential: unknown, expectedChallenge: string): Promise<PasskeyKey> {
    const response = parseInput(Registered, { credential }).credential;
    const verified = await this.registration(response, expectedChallenge).catch((error: unknown) => {
      throw notMade(error);
    });
    if (!verified.verified) throw notMade();
    const { id, publicKey, counter } = verified.registrationInfo.credential;
    const told = response.response.transports ?? [];
    return { credentialId: id, publicKey, counter, transports: transports.filter((each) => told.includes(each)) };
  }

  /** What a browser says that somebody has signed in with. @throws AppError `invalid_input` on `credential`. */
  readAssertion(credential: unknown): Assertion {
    return parseInput(SignedIn, { credential }).credential;
  }

  /** The authenticator's new count; null for what its passkey did not sign for this challenge, or what a copy of it did. */
  async verifySignIn(
    assertion: Assertion,
    expectedChallenge: string,
    userId: string,
    key: PasskeyKey,
  ): Promise<number | null> {
    if (assertion.response.userHandle !== Buffer.from(userId).toString('base64url')) return null;
    const { credentialId, ...rest } = key;
    const verified = await verifyAuthenticationResponse({
      response: { ...assertion, clientExtensionResults: {} },
      expectedChallenge,
      expectedOrigin: this.origin,
      expectedRPID: this.id,
      requireUserVerification: true,
      credential: { id: credentialId, ...rest },
    }).catch(() => null);
    return verified?.verified ? verified.authenticationInfo.newCounter : null;
  }

  private async registration(
    { id, rawId, type, response }: z.infer<typeof Registered>['credential'],
    expectedChallenge: string,
  ) {
    refuseCertificates(response.attestationObject);
    const { clientDataJSON, attestationObject } = response;
    return verifyRegistrationResponse({
      response: { id, rawId, type, clientExtensionResults: {}, response: { clientDataJSON, attestationObject } },
      expectedChallenge,
      expectedOrigin: this.origin,
      expectedRPID: this.id,
      requireUserVerification: true,
    });
  }
}

/**
 * No maker's certificate is asked for, and none is looked at: it would say which make a phone is, and to check it lists of
 * revoked ones are fetched, for which no transaction should wait. A signature by the passkey itself may come (6.5.4).
 */
function refuseCertificates(attestationObject: string): void {
  const attestation = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject));
  const isPlain = attestation.get('fmt') === 'none' || attestation.get('fmt') === 'packed';
  if (!isPlain || attestation.get('attStmt').get('x5c') !== undefined) throw new Error('Attestation was not asked for');
}

function bytesOf(challenge: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(challenge, 'base64url'));
}

function notMade(cause?: unknown): AppError {
  const { code, message, details } = invalidInput([{ path: 'credential', message: 'is no passkey made just now' }]);
  return new AppError(code, message, details, { cause });
}
