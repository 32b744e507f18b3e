import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

/** What a test makes wrong; what is left out is right. */
export interface Flaw {
  origin?: string;
  rpId?: string;
  challenge?: string;
  type?: string;
  isVerified?: boolean;
  isPresent?: boolean;
  counter?: number;
  userHandle?: string;
  /** Signs with a key of its own. */
  isForged?: boolean;
  /** The format of its attestation, and what it states. */
  attestation?: { fmt: string; statement: Map<string, unknown> };
  /** Attests with the passkey's own key, as some do although nobody asks for it. */
  isSelfAttested?: boolean;
}

interface RegistrationOptions {
  challenge: string;
  rp: { id: string };
  user: { id: string };
}

const [userPresent, userVerified, attestedData] = [0x01, 0x04, 0x40];

/** A phone with one passkey (ES256), and the browser in front of it, as far as a server sees them (WebAuthn Level 3, 6.1). */
export class Authenticator {
  readonly credentialId = randomBytes(32);
  counter = 0;
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private readonly origin: string;
  private userHandle = '';

  constructor(origin: string) {
    this.origin = origin;
  }

  get id(): string {
    return this.credentialId.toString('base64url');
  }

  /** `navigator.credentials.create()`, as JSON. */
  register(given: Record<string, unknown>, flaw: Flaw = {}) {
    const options = given as unknown as RegistrationOptions;
    this.userHandle = options.user.id;
    const clientData = this.clientData('webauthn.create', options.challenge, flaw);
    const data = Buffer.concat([this.data(flaw, attestedData), this.attested()]);
    const { fmt, statement } = flaw.attestation ?? this.attest(data, clientData, flaw.isSelfAttested);
    const attestation = isoCBOR.encode(
      new Map<string, unknown>([
        ['fmt', fmt],
        ['attStmt', statement],
        ['authData', new Uint8Array(data)],
      ]) as never,
    );
    return {
      id: this.id,
      rawId: this.id,
      type: 'public-key',
      clientExtensionResults: {},
      authenticatorAttachment: 'platform',
      response: {
        clientDataJSON: clientData.toString('base64url'),
        attestationObject: Buffer.from(attestation).toString('base64url'),
        transports: ['internal', 'hybrid', 'telepathy'],
      },
    };
  }

  /** `navigator.credentials.get()`, as JSON. */
  signIn(given: Record<string, unknown>, flaw: Flaw = {}) {
    this.counter++;
    const clientData = this.clientData('webauthn.get', String(given.challenge), flaw);
    const data = this.data(flaw, 0);
    const signed = Buffer.concat([data, createHash('sha256').update(clientData).digest()]);
    const key: KeyObject = flaw.isForged
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
      : this.keys.privateKey;
    return {
      id: this.id,
      rawId: this.id,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, key).toString('base64url'),
        userHandle: flaw.userHandle ?? this.userHandle,
      },
    };
  }

  private attest(data: Buffer, clientData: Buffer, isSelfAttested = false) {
    if (!isSelfAttested) return { fmt: 'none', statement: new Map<string, unknown>() };
    const signed = Buffer.concat([data, createHash('sha256').update(clientData).digest()]);
    const statement = new Map<string, unknown>([
      ['alg', -7],
      ['sig', new Uint8Array(sign('sha256', signed, this.keys.privateKey))],
    ]);
    return { fmt: 'packed', statement };
  }

  private clientData(type: string, challenge: string, flaw: Flaw): Buffer {
    const said = {
      type: flaw.type ?? type,
      challenge: flaw.challenge ?? challenge,
      origin: flaw.origin ?? this.origin,
    };
    return Buffer.from(JSON.stringify({ ...said, crossOrigin: false }));
  }

  private data({ rpId, isVerified = true, isPresent = true, counter = this.counter }: Flaw, more: number): Buffer {
    const flags = (isPresent ? userPresent : 0) | (isVerified ? userVerified : 0) | more;
    const rest = Buffer.alloc(5);
    rest.writeUInt8(flags, 0);
    rest.writeUInt32BE(counter, 1);
    const scope = rpId ?? new URL(this.origin).hostname;
    return Buffer.concat([createHash('sha256').update(scope).digest(), rest]);
  }

  private attested(): Buffer {
    const { x = '', y = '' } = this.keys.publicKey.export({ format: 'jwk' });
    // COSE (RFC 9053): kty EC2, alg ES256, crv P-256, x, y.
    const publicKey = isoCBOR.encode(
      new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
        [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
      ]) as never,
    );
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.credentialId.length);
    return Buffer.concat([Buffer.alloc(16), length, this.credentialId, Buffer.from(publicKey)]);
  }
}
