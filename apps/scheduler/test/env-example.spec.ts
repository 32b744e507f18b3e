import { envExampleProblems } from '@viewora/testkit/env-example';
import { z } from 'zod';
import { schedulerEnv } from '../src/env.ts';

test('.env.example has each variable of this app, with its default and its description, and no other', async () => {
  const schema = z.toJSONSchema(z.object(schedulerEnv), { io: 'input' });
  expect(await envExampleProblems('scheduler', schema)).toEqual([]);
});
