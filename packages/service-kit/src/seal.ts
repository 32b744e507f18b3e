import { hkdfSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';

/** What two services tell each other over streams and queues, readable to nobody else who can read those: a JWE (RFC 7516), `dir` with A256GCM. */
export class Seal {
  private readonly key: Uint8Array;

  /** The secret is the same on both sides; `purpose` keeps what is sealed for one thing from being taken for another. */
  constructor(secret: string, purpose: string) {
    this.key = new Uint8Array(hkdfSync('sha256', secret, 'viewora.seal', purpose, 32));
  }

  /** As text; the value must be JSON. */
  async seal(value: unknown): Promise<string> {
    const header = { alg: 'dir', enc: 'A256GCM' };
    return new CompactEncrypt(Buffer.from(JSON.stringify(value))).setProtectedHeader(header).encrypt(this.key);
  }

  /** @throws Error when it was not sealed with this secret for this purpose, or changed since */
  async open(text: string): Promise<unknown> {
    const algorithms = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };
    const { plaintext } = await compactDecrypt(text, this.key, algorithms);
    return JSON.parse(Buffer.from(plaintext).toString());
  }
}
