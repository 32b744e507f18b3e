import { type AccessClaims, accessTokenAudience, accessTokenIssuer, accountsApi } from '@viewora/contracts/accounts';
import type { Call } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import type { AnyOperation, EventDefinition, Role } from '@viewora/contracts/service';
import { RedisStreamsClient } from '@viewora/redis-transport/client';
import type { RedisStreamsContext } from '@viewora/redis-transport/context';
import { RedisStreamsServer } from '@viewora/redis-transport/server';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export interface FakeCall {
  operation: string;
  input: Record<string, unknown>;
  call: Call;
}

export const someone = {
  id: '0192d3a0-0000-7000-8000-000000000001',
  email: 'mia@viewora.test',
  name: 'Mia',
  role: 'buyer',
  verification: 'not_needed',
  createdAt: '2026-01-01T00:00:00.000Z',
  version: 1,
};
const passkey = {
  id: '0192d3a0-0000-7000-8000-000000000002',
  name: 'Phone',
  createdAt: '2026-01-01T00:00:00.000Z',
  lastUsedAt: null,
};
const at = '2026-01-01T00:00:00.000Z';
const adminUser = { ...someone, status: 'active', blockedAt: null, blockedReason: null, lastSeenAt: at };
const document = {
  id: '0192d3a0-0000-7000-8000-000000000003',
  kind: 'ownership_proof',
  name: 'deed.pdf',
  contentType: 'application/pdf',
  bytes: 3,
  isUploaded: true,
};
const application = {
  id: '0192d3a0-0000-7000-8000-000000000004',
  role: 'seller',
  status: 'pending',
  message: null,
  documents: [document],
  createdAt: at,
  submittedAt: at,
  decidedAt: null,
  reason: null,
};
const { id, name, email } = someone;
const adminApplication = { ...application, applicant: { id, name, email }, decidedBy: null };
const session = { accessToken: 'access', refreshToken: 'refresh', maxAgeSeconds: 604_800 };

/** accounts-api as the gateway sees it: on the Bus, with keys of its own, so that a test can sign whatever it likes. */
export async function startFakeAccounts(redisUrl: string) {
  const calls: FakeCall[] = [];
  const keys = [await newKey('first')];
  const revoked: string[] = [];
  const unapproved: string[] = [];
  const server = new RedisStreamsServer({ redisUrl, service: accountsApi.serviceName });
  const client = new RedisStreamsClient({ redisUrl, name: 'accounts-test' });
  const replies: Record<string, (input: Record<string, unknown>) => unknown> = {
    keys: () => ({ keys: keys.map(({ jwk }) => jwk) }),
    revocations: () => ({ sessionIds: revoked }),
    session: () => ({ user: someone, csrfToken: 'csrf' }),
    login: ({ email }) =>
      email === 'broker@viewora.test'
        ? { secondFactor: { ticket: 'ticket', methods: ['email'] } }
        : { user: someone, session },
    refresh: ({ refreshToken }) => {
      if (refreshToken !== 'refresh') throw new AppError('unauthenticated', 'Sign in again');
      return { user: someone, session: { ...session, refreshToken: 'next' } };
    },
    secondFactor: () => ({ user: someone, session }),
    verifyEmail: () => ({ email: someone.email }),
    sessions: () => ({ items: [] }),
    noteJobAct: ({ jobId }) => {
      if (jobId === 'unwritable') throw new AppError('unavailable', 'The log is away');
      return {};
    },
    me: () => someone,
    updateMe: () => someone,
    signInMethods: () => ({ google: true }),
    startGoogle: () => ({ url: 'https://accounts.google.com/o/oauth2/v2/auth', state: 'state' }),
    google: () => ({ user: someone, session }),
    passkeyOptions: () => ({ ticket: 'ticket', options: {} }),
    passkeySignIn: () => ({ user: someone, session }),
    security: () => ({ hasPassword: true, google: null, hasTotp: false, recoveryCodesLeft: 0, passkeys: [passkey] }),
    passkeyRegistration: () => ({ ticket: 'ticket', options: {} }),
    addPasskey: () => passkey,
    renamePasskey: () => passkey,
    beginTotp: () => ({ secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/Viewora' }),
    confirmTotp: () => ({ recoveryCodes: ['x7k2-9qpd-3m'] }),
    newRecoveryCodes: () => ({ recoveryCodes: ['x7k2-9qpd-3m'] }),
    users: () => ({ items: [adminUser], nextCursor: null, total: 1 }),
    user: () => adminUser,
    blockUser: () => adminUser,
    unblockUser: () => adminUser,
    changeRole: () => adminUser,
    audit: () => ({ items: [], nextCursor: null }),
    statistics: () => ({
      usersByStatus: [{ role: 'buyer', status: 'active', count: 1 }],
      listingsByType: [],
      listingsByCity: [],
      otherCities: 0,
      mostViewed: null,
      mostSaved: [],
      brokerDeals: [],
      at,
    }),
    notifications: () => ({ items: [], nextCursor: null, unread: 0 }),
    myApplication: () => ({ application }),
    addDocument: () => ({ document, upload: { url: 'https://store.example/key', headers: {} } }),
    submitApplication: () => application,
    applications: () => ({ items: [adminApplication], nextCursor: null, pending: 1 }),
    application: () => adminApplication,
    viewDocument: () => ({ url: 'https://store.example/key', expiresAt: at }),
    approveApplication: () => adminApplication,
    rejectApplication: () => adminApplication,
    profile: () => ({ id, name, role: 'seller', isVerified: true, memberSince: at }),
    exportMe: () => ({ exportedAt: at }),
    verificationOf: ({ userId }) => ({ mayPublish: !unapproved.includes(String(userId)) }),
  };
  for (const [key, operation] of Object.entries<AnyOperation | EventDefinition>(accountsApi.operations)) {
    if (operation.kind === 'event') continue;
    server.addHandler(operation.name, async (input: Record<string, unknown>, context: RedisStreamsContext) => {
      calls.push({ operation: key, input, call: context.getCall() });
      return replies[key]?.(input) ?? {};
    });
  }
  await new Promise<void>((listening) => server.listen(() => listening()));
  await client.connect();
  return {
    calls,
    keys,
    revoked,
    /** Who may not publish yet. */
    unapproved,
    /** A token that accounts-api could have issued, but for what the test changes. */
    token: (claims: Partial<AccessClaims> = {}, key = keys.at(-1)) => sign(claims, key),
    async addKey(kid: string) {
      keys.push(await newKey(kid));
    },
    newKey,
    async revoke(sessionId: string) {
      const payload = JSON.stringify({ userId: someone.id, sessionIds: [sessionId] });
      await client.publishEvent(accountsApi.sessionsRevoked, payload);
    },
    async erase(userId: string) {
      await client.publishEvent(accountsApi.userErased, JSON.stringify({ userId }));
    },
    async stop() {
      await server.close();
      await client.close();
    },
  };
}

export type FakeAccounts = Awaited<ReturnType<typeof startFakeAccounts>>;

async function newKey(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' } };
}

function sign(claims: Partial<AccessClaims>, key: Awaited<ReturnType<typeof newKey>> | undefined): Promise<string> {
  if (!key) throw new Error('no key');
  const now = Math.floor(Date.now() / 1_000);
  const all = {
    iss: accessTokenIssuer,
    aud: accessTokenAudience,
    sub: someone.id,
    role: 'buyer' satisfies Role,
    sid: crypto.randomUUID(),
    csrf: 'csrf',
    iat: now,
    exp: now + 600,
    ...claims,
  };
  return new SignJWT(all).setProtectedHeader({ alg: 'EdDSA', kid: key.kid }).sign(key.privateKey);
}
