import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { LOGGER } from '@viewora/service-kit/logger';
import { type CryptoKey, importJWK, type JWK } from 'jose';
import type { Logger } from 'pino';
import { periodically } from '../periodically.ts';
import { KeyRepository, type SigningKey } from './key.repository.ts';

export interface Signer {
  kid: string;
  key: CryptoKey | Uint8Array;
}

const reloadEveryMs = 60_000;

/** The ring of signing keys: one signs, its successor is known before its turn, those before stay until their last token has run out. */
@Injectable()
export class KeyService implements OnModuleInit, OnApplicationShutdown {
  private keys: SigningKey[] = [];
  private readonly opened = new Map<string, Promise<Signer>>();
  private stop: () => Promise<void> = async () => undefined;

  constructor(
    private readonly repository: KeyRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.turn();
    this.stop = periodically(
      reloadEveryMs,
      () => this.turn(),
      (error) => this.logger.warn({ err: error }, 'the signing keys could not be read'),
    );
  }

  onApplicationShutdown(): Promise<void> {
    return this.stop();
  }

  /** Makes the next key when it is due, and reads what the other replicas have made. */
  async turn(): Promise<void> {
    await this.repository.ensure();
    this.keys = (await this.repository.find()).filter(({ isOurs }) => isOurs);
    for (const kid of this.opened.keys()) {
      if (!this.keys.some((key) => key.kid === kid)) this.opened.delete(kid);
    }
  }

  async publicKeys(): Promise<(JWK & { kid: string })[]> {
    const keys = await this.repository.find();
    return keys.map(({ kid, publicJwk }) => ({ ...publicJwk, kid }));
  }

  /** What signs now. */
  async signer(): Promise<Signer> {
    if (!keyAt(this.keys, new Date())) await this.turn();
    const key = keyAt(this.keys, new Date()) ?? this.keys[0];
    if (!key) throw new Error('There is no signing key');
    const known = this.opened.get(key.kid);
    if (known) return known;
    const opening = this.repository
      .open(key)
      .then(async (jwk) => ({ kid: key.kid, key: await importJWK(jwk, 'EdDSA') }));
    this.opened.set(key.kid, opening);
    // One that could not be opened is tried again.
    opening.catch(() => this.opened.delete(key.kid));
    return opening;
  }
}

/** The key whose turn it is. This computer's clock may be a little behind Postgres's, so the first key may seem to come. */
export function keyAt<K extends Pick<SigningKey, 'signsFrom' | 'signsUntil'>>(keys: K[], now: Date): K | undefined {
  return keys.findLast(({ signsFrom, signsUntil }) => signsFrom <= now && now < signsUntil);
}
