import { setTimeout as delay } from 'node:timers/promises';
import { until } from '@viewora/testkit/wait';
import { Lab, signInCode } from './lab.ts';

let lab: Lab;

beforeEach(async () => {
  lab = await Lab.open();
});

afterEach(() => lab.close());

test('told to stop, a replica finishes the mail it is sending', async () => {
  lab.smtp.answer = () => delay(500, 'accept' as const);
  const replica = await lab.startReplica();
  await lab.want(signInCode());
  await until(() => lab.smtp.received.length === 1, { what: 'the first try' });

  expect((await replica.stop()).signal).toBe('SIGTERM');

  expect(await lab.count('completed')).toBe(1);
});

test('told to stop while the mail server hangs, a replica ends all the same, and another sends the mail', async () => {
  lab.smtp.answer = (_mail, count) => (count === 1 ? 'hold' : 'accept');
  const replica = await lab.startReplica();
  await lab.want(signInCode());
  await until(() => lab.smtp.received.length === 1, { what: 'the first try' });

  expect((await replica.stop()).signal).toBe('SIGTERM');

  await lab.startReplica();
  await lab.untilCount('completed', 1);
});
