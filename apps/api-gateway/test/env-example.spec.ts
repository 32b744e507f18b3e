import { envExampleProblems } from '@viewora/testkit/env-example';
import { z } from 'zod';

test('.env.example has each variable of this app, with its default and its description, and no other', async () => {
  process.env.VISITOR_SECRET = 'a secret of at least thirty-two characters';
  // Its environment is read when it is loaded.
  const { gatewayEnv } = await import('../src/env.ts');
  const schema = z.toJSONSchema(z.object(gatewayEnv), { io: 'input' });
  expect(await envExampleProblems('api-gateway', schema)).toEqual([]);
});
