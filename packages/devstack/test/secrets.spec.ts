import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptSecret } from '../src/secrets.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'viewora-secrets-'));
});

afterEach(() => rm(home, { recursive: true, force: true }));

test('a secret is made once, also by many at once, and stays; each home and each name has its own', async () => {
  const made = new Set(await Promise.all(Array.from({ length: 8 }, () => keptSecret(home, 'accounts'))));
  expect(made.size).toBe(1);
  const [secret = ''] = made;
  expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(await keptSecret(home, 'accounts')).toBe(secret);
  expect(await keptSecret(home, 'other')).not.toBe(secret);
  expect(await keptSecret(join(home, 'another'), 'accounts')).not.toBe(secret);
});

test('only its owner can read it', async () => {
  await keptSecret(home, 'accounts');
  expect(await readdir(join(home, 'secrets'))).toEqual(['accounts']);
  expect((await stat(join(home, 'secrets', 'accounts'))).mode & 0o777).toBe(0o600);
  expect((await stat(join(home, 'secrets'))).mode & 0o777).toBe(0o700);
});
