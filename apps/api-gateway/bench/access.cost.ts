import { accessTokenAudience, accessTokenIssuer, accountsApi } from '@viewora/contracts/accounts';
import type { Operation } from '@viewora/contracts/service';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** What was built from a source file: Node cannot strip the types of decorated classes. */
function built<Module>(path: string): Promise<Module> {
  return import(`../dist/session/${path}.js`) as Promise<Module>;
}

export interface AccessCost {
  /** A token's first request at this replica: its signature is checked. */
  firstMicros: number;
  /** Every later one, of one of many people. */
  againMicros: number;
}

const people = 10_000;
const rounds = 20;

/** What the gateway's own parts take to say who asks, for a write: token, revocation, origin and CSRF token. */
export async function measureAccess(): Promise<AccessCost> {
  const { AccessTokens } = await built<typeof import('../src/session/access-token.ts')>('access-token');
  const { Revocations } = await built<typeof import('../src/session/revocations.ts')>('revocations');
  const { Visitors } = await built<typeof import('../src/session/visitors.ts')>('visitors');
  const { Access } = await built<typeof import('../src/session/access.ts')>('access');
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'EdDSA' }];
  // accounts-api's two answers that the checks begin with.
  const bus = {
    request: async ({ name }: Operation) => (name === accountsApi.keys.name ? { keys } : { sessionIds: [] }),
  };
  const origin = 'http://localhost:5173';
  const [tokens, revocations] = [new AccessTokens(bus as never), new Revocations(bus as never)];
  const access = new Access(tokens, revocations, new Visitors({ COOKIE_PROFILE: 'same-site' }), {
    WEB_ORIGIN: origin,
    CORS_ORIGINS: [],
  } as never);
  const requests = await Promise.all(
    Array.from({ length: people }, async (_, i) => {
      const id = `0192d3a0-0000-7000-8000-${String(i).padStart(12, '0')}`;
      const token = await new SignJWT({ role: 'seller', sid: id, csrf: `csrf-${i}` })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'bench' })
        .setIssuer(accessTokenIssuer)
        .setAudience(accessTokenAudience)
        .setSubject(id)
        .setIssuedAt()
        .setExpirationTime('10m')
        .sign(privateKey);
      const cookies = { '__Host-access': token, '__Host-refresh': String(i) };
      return { method: 'POST', cookies, headers: { origin, 'x-csrf-token': `csrf-${i}` } } as never;
    }),
  );
  const operation = accountsApi.updateMe as never;
  const microsEach = async () => {
    const startedAt = performance.now();
    for (const request of requests) await access.identify(operation, request);
    return ((performance.now() - startedAt) * 1_000) / people;
  };
  const firstMicros = await microsEach();
  const again: number[] = [];
  for (let round = 0; round < rounds; round++) again.push(await microsEach());
  return { firstMicros, againMicros: again.toSorted((a, b) => a - b)[rounds / 2] ?? Number.NaN };
}
