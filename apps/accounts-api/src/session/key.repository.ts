import { Injectable } from '@nestjs/common';
import { accessTokenSeconds } from '@viewora/contracts/accounts';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Secret } from '../secret.ts';

/** A key of the ring; times are Postgres's. */
export interface SigningKey {
  kid: string;
  publicJwk: JWK;
  sealedPrivateJwk: string;
  /** Sealed with the secret that this replica has. */
  isOurs: boolean;
  signsFrom: Date;
  signsUntil: Date;
}

interface KeyRow {
  kid: string;
  public_jwk: JWK;
  sealed_private_jwk: string;
  sealed_by: string;
  signs_from: Date;
  signs_until: Date;
}

const algorithm = 'EdDSA';
/** A key signs for so long, and its successor can be fetched so long before its turn. */
const signsFor = `interval '30 days'`;
const publishedBefore = `interval '1 hour'`;

/**
 * The keys that access tokens are signed with. Private ones are sealed with the service's secret (JWE, A256GCM). When that is
 * changed, replicas with the old and with the new one each sign with keys of their own, and publish all.
 */
@Injectable()
export class KeyRepository {
  private readonly sealedBy: string;

  constructor(
    private readonly dataSource: DataSource,
    private readonly secret: Secret,
  ) {
    this.sealedBy = secret.mac('signing-key', 'sealed by');
  }

  /** Every key that may sign, will, or has signed what still holds. */
  async find(): Promise<SigningKey[]> {
    const rows: KeyRow[] = await this.dataSource.query(
      `SELECT kid, public_jwk, sealed_private_jwk, sealed_by, signs_from, signs_until FROM signing_key
       WHERE signs_until > now() - make_interval(secs => $1) ORDER BY signs_from`,
      [accessTokenSeconds + 60],
    );
    return rows.map((row) => this.toKey(row));
  }

  /** Makes the key that is due, if one is; replicas that start together make one. */
  async ensure(): Promise<void> {
    if ((await this.nextDue(this.dataSource.manager)) === null) return;
    const key = await this.generate();
    await this.dataSource.transaction(async (manager) => {
      await manager.query(`SELECT pg_advisory_xact_lock(hashtext('accounts.signing_key'))`);
      const signsFrom = await this.nextDue(manager);
      if (signsFrom === null) return;
      await manager.query(
        `INSERT INTO signing_key (kid, public_jwk, sealed_private_jwk, sealed_by, signs_from, signs_until)
         VALUES ($1, $2, $3, $4, $5, $5::timestamptz + ${signsFor})`,
        [key.kid, JSON.stringify(key.publicJwk), key.sealedPrivateJwk, this.sealedBy, signsFrom],
      );
    });
  }

  /** @throws Error for a key that is not ours. */
  async open({ kid, sealedPrivateJwk }: SigningKey): Promise<JWK> {
    return JSON.parse(await this.secret.open('signing-key', sealedPrivateJwk, kid)) as JWK;
  }

  private async generate() {
    const { publicKey, privateKey } = await generateKeyPair(algorithm, { crv: 'Ed25519', extractable: true });
    const kid = uuidv7();
    const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' };
    const sealedPrivateJwk = await this.secret.seal('signing-key', JSON.stringify(await exportJWK(privateKey)), kid);
    return { kid, publicJwk, sealedPrivateJwk };
  }

  /** When a key that has to be made begins to sign; null when none has to be. */
  private async nextDue(manager: EntityManager): Promise<Date | null> {
    const rows: { next: Date }[] = await manager.query(
      `SELECT greatest(coalesce(max(signs_until), now()), now()) AS next FROM signing_key WHERE sealed_by = $1
       HAVING coalesce(max(signs_until), now()) < now() + ${publishedBefore}`,
      [this.sealedBy],
    );
    return rows[0]?.next ?? null;
  }

  private toKey(row: KeyRow): SigningKey {
    return {
      kid: row.kid,
      publicJwk: row.public_jwk,
      sealedPrivateJwk: row.sealed_private_jwk,
      isOurs: row.sealed_by === this.sealedBy,
      signsFrom: row.signs_from,
      signsUntil: row.signs_until,
    };
  }
}
