import { envExampleProblems } from '@viewora/testkit/env-example';
import { z } from 'zod';

test('.env.example has each variable of this app, with its default and its description, and no other', async () => {
  // There is no default for the secret, and env.ts is right to insist.
  process.env.MAIL_SECRET = process.env.ACCOUNTS_SECRET = 'a secret of at least thirty-two characters';
  const { accountsEnv } = await import('../src/env.ts');
  const schema = z.toJSONSchema(z.object(accountsEnv), { io: 'input' });
  expect(await envExampleProblems('accounts-api', schema)).toEqual([]);
});
