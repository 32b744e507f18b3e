import { envExampleProblems } from '@viewora/testkit/env-example';
import { z } from 'zod';
import { advisorEnv } from '../src/env.ts';

test('.env.example has each variable of this app, with its default and its description, and no other', async () => {
  const schema = z.toJSONSchema(z.object(advisorEnv), { io: 'input' });
  expect(await envExampleProblems('ai-advisor', schema)).toEqual([]);
});
