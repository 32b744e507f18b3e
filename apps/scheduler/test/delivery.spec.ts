import { until } from '@viewora/testkit/wait';
import { Lab, signInCode, somebody } from './lab.ts';

let lab: Lab;

beforeEach(async () => {
  lab = await Lab.open();
});

afterEach(() => lab.close());

test('an event that is delivered three times sends one mail, also when the last comes after it was sent', async () => {
  await lab.startReplica();
  const wanted = signInCode();
  const id = await lab.want(wanted);
  await lab.want(wanted, id);
  await lab.untilCount('completed', 1);
  await lab.want(wanted, id);

  const after = signInCode();
  await lab.want(after);
  await lab.untilCount('completed', 2);
  expect(lab.smtp.to(wanted.to)).toHaveLength(1);
  expect(lab.smtp.received).toHaveLength(2);
});

test('three replicas send each mail once', async () => {
  await Promise.all([lab.startReplica(), lab.startReplica(), lab.startReplica()]);
  const all = Array.from({ length: 60 }, () => signInCode());
  await Promise.all(all.map((wanted) => lab.want(wanted)));

  await lab.untilCount('completed', 60);

  expect(lab.smtp.received.map(({ to }) => to.join()).sort()).toEqual(all.map(({ to }) => to).sort());
});

test('a replica killed while the server takes a mail over loses none: another sends it, as the same message', async () => {
  lab.smtp.answer = (_mail, count) => (count === 1 ? 'hold' : 'accept');
  const first = await lab.startReplica();
  const wanted = signInCode();
  const id = await lab.want(wanted);
  await until(() => lab.smtp.received.length === 1, { what: 'the first try' });

  await first.kill();
  await lab.startReplica();
  await lab.untilCount('completed', 1);

  const expected = `<${id}@viewora.test>`;
  expect(lab.smtp.to(wanted.to).map(({ messageId }) => messageId)).toEqual([expected, expected]);
  const dates = lab.smtp.received.map(({ raw }) => /^Date: .*$/m.exec(raw)?.[0]);
  expect(dates[0]).toBe(dates[1]);
});

test('while the mail server is away mails wait, and are sent when it is back', async () => {
  const replica = await lab.startReplica();
  await lab.smtp.stop();
  const wanted = signInCode();
  await lab.want(wanted);
  await until(async () => (await replica.lastLines(100)).includes('it will be tried again'), { what: 'a failed try' });

  await lab.smtp.start();

  await lab.untilCount('completed', 1);
  expect(lab.smtp.to(wanted.to)).toHaveLength(1);
});

test('a mail that is refused for good is tried once, kept, and sent when it is replayed', async () => {
  await lab.startReplica();
  lab.smtp.answer = () => 550;
  const wanted = signInCode();
  await lab.want(wanted);
  await lab.untilCount('failed', 1);
  expect(lab.smtp.received).toHaveLength(1);

  lab.smtp.answer = () => 'accept';
  expect(await lab.replay('mail')).toBe('1 put back\n');

  await lab.untilCount('completed', 1);
  expect(await lab.count('failed')).toBe(0);
  expect(lab.smtp.to(wanted.to)).toHaveLength(2);
});

test('a mail that is refused for now is tried eight times, with growing waits, then kept; a replay gives it all eight again', async () => {
  await lab.startReplica({ MAIL_RETRY_MS: '5' });
  lab.smtp.answer = () => 451;
  await lab.want(signInCode());
  await lab.untilCount('failed', 1);
  expect(lab.smtp.received).toHaveLength(8);

  lab.smtp.answer = (_mail, count) => (count < 16 ? 451 : 'accept');
  await lab.replay('mail');

  await lab.untilCount('completed', 1);
  expect(lab.smtp.received).toHaveLength(16);
});

test('what would break out of a header, or is for several, is given up unsent', async () => {
  await lab.startReplica();
  const data = { code: '123456' };
  const template = 'sign_in_code' as const;
  const attacks = [
    { to: 'ada@viewora.test\r\nBcc: eve@viewora.test', name: 'Ada' },
    { to: 'ada@viewora.test, eve@viewora.test', name: 'Ada' },
    { to: 'ada@viewora.test', name: 'Ada\r\nBcc: eve@viewora.test' },
    { to: 'ada@viewora.test', name: 'Ada\u0000' },
  ];
  for (const attack of attacks) await lab.want({ ...attack, template, data });
  await lab.want({ ...somebody(), template: 'verify_email', data: {} });

  await lab.untilCount('failed', 5);

  expect(lab.smtp.received).toEqual([]);
});
