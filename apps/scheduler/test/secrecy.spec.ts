import { until } from '@viewora/testkit/wait';
import { Lab, somebody, type Wanted } from './lab.ts';

let lab: Lab;

beforeEach(async () => {
  lab = await Lab.open();
});

afterEach(() => lab.close());

const secret = 'hunter2-9f86d081';
const name = 'Ada Secretname';
const mail = (wanted: Partial<Wanted> = {}): Wanted => ({
  ...somebody(),
  name,
  template: 'reset_password',
  data: { token: secret },
  ...wanted,
});

/** Everything BullMQ keeps of the mails, as text; or whatever Redis has under a pattern. */
async function stored(pattern = '{scheduler}:mail:*'): Promise<string> {
  const keys = await lab.redis.keys(pattern);
  const values = keys.map(async (key) => {
    if ((await lab.redis.type(key)) === 'hash') return JSON.stringify(await lab.redis.hgetall(key));
    return (await lab.redis.type(key)) === 'stream' ? JSON.stringify(await lab.redis.xrange(key, '-', '+')) : '';
  });
  return (await Promise.all(values)).join('\n');
}

test('once a mail is sent, nothing of it is kept but that it was sent', async () => {
  await lab.startReplica();
  const wanted = mail();
  const id = await lab.want(wanted);
  await lab.untilCount('completed', 1);

  const kept = await stored();
  expect(kept).toContain(id);
  for (const part of [secret, wanted.to, name]) expect(kept).not.toContain(part);
});

test('while a mail waits, and when it was given up, what it says can be read by nobody', async () => {
  await lab.startReplica();
  lab.smtp.answer = () => 451;
  await lab.want(mail());
  await until(async () => (await lab.count('delayed')) === 1, { what: 'a mail to wait' });
  const waiting = await stored('*');
  expect(waiting).toContain('reset_password');
  expect(waiting).not.toContain(secret);
  await lab.untilCount('failed', 1);
  expect(await stored('*')).not.toContain(secret);

  lab.smtp.answer = () => 'accept';
  await lab.replay('mail');
  await lab.untilCount('completed', 1);
  expect(lab.smtp.received.at(-1)?.raw).toContain(secret);
});

test('a mail that was sealed with another secret is given up, and goes out once the secret is back', async () => {
  const stranger = await lab.startReplica({ MAIL_SECRET: 'a secret that accounts-api knows nothing about' });
  await lab.want(mail());
  await lab.untilCount('failed', 1);
  // A line of the log may come after what it tells of.
  const isTold = async () => (await lab.logs()).includes('sealed with another MAIL_SECRET');
  await until(isTold, { what: 'the reason to be logged' });
  await stranger.stop();

  await lab.startReplica();
  await lab.replay('mail');
  await lab.untilCount('completed', 1);
});

test('no log line has a code, a link, a name or an address, whatever happens to the mail', async () => {
  await lab.startReplica();
  lab.smtp.answer = ({ to }, count) => (to[0]?.startsWith('refused') ? 550 : count < 3 ? 451 : 'accept');
  const refused = mail({ to: 'refused@viewora.test' });
  const retried = mail();
  const malformed = mail({ to: `${secret}\r\nBcc: eve` });
  for (const wanted of [refused, retried, malformed]) await lab.want(wanted);
  await lab.untilCount('failed', 2);
  await lab.untilCount('completed', 1);
  // Redis itself refuses what would be added: ioredis tells in its error all that it was sending.
  await lab.redis.set('{scheduler}:mail:wait', 'not a list');
  await lab.want(mail());
  const isTold = async () => (await lab.logs()).includes('The mail queue cannot be reached');
  await until(isTold, { what: 'the refusal to be logged' });

  const logs = await lab.logs();

  expect(logs).toContain('"domain":"viewora.test"');
  expect(logs).toContain('EMESSAGE 550');
  for (const part of [secret, name, 'refused@', 'person-', 'Bcc']) expect(logs).not.toContain(part);
});

test('a mail crosses no network in the clear, unless the URL says so', async () => {
  // Every address of this machine, and none that is known to be its own.
  const url = lab.smtp.url.replace('127.0.0.1', '0.0.0.0');
  const careful = await lab.startReplica({ SMTP_URL: url });
  await lab.want(mail());
  await until(async () => /"reason":"ETLS/.test(await careful.lastLines(100)), { what: 'a refusal of our own' });
  expect(lab.smtp.received).toEqual([]);
  await careful.stop();

  await lab.startReplica({ SMTP_URL: `${url}?requireTLS=false` });
  await lab.untilCount('completed', 1);
});
