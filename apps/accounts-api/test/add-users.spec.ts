import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { accountsApi } from '@viewora/contracts/accounts';
import { firefox, mailSecret, password, secret, startAccounts, type TestAccounts } from './accounts.ts';

const command = join(import.meta.dirname, '../dist/add-users.cli.js');

let accounts: TestAccounts;
let folder: string;

beforeAll(async () => {
  [accounts, folder] = await Promise.all([startAccounts(), mkdtemp(join(tmpdir(), 'add-users-'))]);
}, 60_000);

afterAll(async () => {
  await accounts?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function add(users: unknown): Promise<{ code: number; stdout: string; stderr: string }> {
  const file = join(folder, 'users.json');
  await writeFile(file, JSON.stringify(users));
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    DATABASE_URL: accounts.databaseUrl,
    REDIS_URL: accounts.redisUrl,
    ACCOUNTS_SECRET: secret,
    MAIL_SECRET: mailSecret,
  };
  return promisify(execFile)(process.execPath, [command, file], { env }).then(
    (done) => ({ code: 0, ...done }),
    (failed: { code: number; stdout: string; stderr: string }) => failed,
  );
}

const seller = { email: 'first.seller@viewora.test', name: 'First Seller', role: 'seller', password };

test('somebody who is added can sign in at once, and is taken for looked at', async () => {
  const admin = { email: 'first.admin@viewora.test', name: 'First Admin', role: 'admin', password };
  expect(await add([seller, admin])).toMatchObject({ code: 0, stdout: 'added 2, known 0\n' });
  const reply = await accounts.ask(accountsApi.login, { email: seller.email, password, client: firefox });
  expect(reply).toMatchObject({ user: { role: 'seller', verification: 'approved' } });
  const asked = await accounts.ask(accountsApi.login, { email: admin.email, password, client: firefox });
  expect(asked).toMatchObject({ secondFactor: { methods: ['email'] } });
});

test('somebody who is there stays as they are', async () => {
  const again = { ...seller, email: 'FIRST.seller@viewora.test', role: 'admin', password: 'another-tulip-77-anvil' };
  expect(await add([again])).toMatchObject({ code: 0, stdout: 'added 0, known 1\n' });
  const reply = await accounts.ask(accountsApi.login, { email: seller.email, password, client: firefox });
  expect(reply).toMatchObject({ user: { role: 'seller' } });
});

test('what is wrong with the file is told without its passwords', async () => {
  const weak = { email: 'weak@viewora.test', name: 'Weak', role: 'buyer', password: 'password123' };
  const refused = await add([weak]);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('password is too easy to guess');
  const malformed = await add([{ ...seller, role: 'owner', email: 'nobody' }]);
  expect([malformed.code, malformed.stderr]).toEqual([1, expect.stringContaining('role must be one of')]);
  expect(refused.stderr + malformed.stderr).not.toMatch(/password123|tulip/);
});
