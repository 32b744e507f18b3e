import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { EmbeddedServer } from '../src/dynamodb.ts';
import { type KeptMail, MailInboxStore } from '../src/mail-inbox.store.ts';
import { startMailInbox } from '../src/mail-inbox.ts';
import { freePort } from '../src/ports.ts';
import { neededServers, portsOf } from '../src/servers.ts';
import { settingsFrom } from '../src/settings.ts';

let dataDir: string;
let ports: { port: number; smtpPort: number };
let inbox: EmbeddedServer;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'viewora-inbox-'));
  ports = { port: await freePort(), smtpPort: await freePort() };
  inbox = await startMailInbox({ ...ports, dataDir });
});

afterEach(async () => {
  await inbox.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** Over one connection, in order. */
async function send(...mails: SendMailOptions[]): Promise<void> {
  const { smtpPort: port } = ports;
  const transport = createTransport({ pool: true, maxConnections: 1, maxMessages: Infinity, host: '127.0.0.1', port });
  for (const mail of mails) await transport.sendMail({ from: 'Viewora <no-reply@viewora.test>', ...mail });
  transport.close();
}

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${ports.port}${path}`, { headers });

async function list(path = '/messages'): Promise<KeptMail[]> {
  const { items } = (await (await get(path)).json()) as { items: KeptMail[] };
  return items;
}

test('what was accepted is listed newest first, by recipient, with text and HTML', async () => {
  await send({
    to: 'ada@viewora.test',
    subject: 'First',
    text: 'one',
    html: '<p>one</p>',
    messageId: '<one@viewora.test>',
  });
  await send({ to: 'Bob@viewora.test', bcc: 'eve@viewora.test', subject: 'Second', text: 'two' });

  expect((await list()).map(({ subject }) => subject)).toEqual(['Second', 'First']);
  expect((await list('/messages?to=bob@viewora.test')).map(({ to }) => to)).toEqual([
    ['Bob@viewora.test', 'eve@viewora.test'],
  ]);
  const [first] = await list('/messages?to=ada@viewora.test');
  expect(await (await get(`/messages/${first?.id}`)).json()).toMatchObject({
    from: '"Viewora" <no-reply@viewora.test>',
    messageId: '<one@viewora.test>',
    text: 'one',
    html: '<p>one</p>',
  });
  expect((await get('/messages/1')).status).toBe(404);
});

test('the page says that there is nothing, then shows what came', async () => {
  expect(await (await get('/')).text()).toContain('No mail yet');
  await send({ to: 'ada@viewora.test', subject: 'Hello', text: 'one' });
  const page = await (await get('/')).text();
  expect(page).toContain('<strong>Hello</strong>');
  expect(page).not.toContain('No mail yet');
});

test('mails outlive a restart, in their order, and only the last 200 are kept', async () => {
  const numbers = Array.from({ length: 202 }, (_, index) => String(index + 1));
  await send(...numbers.map((subject) => ({ to: 'ada@viewora.test', subject, text: 'x' })));
  await inbox.stop();

  inbox = await startMailInbox({ ...ports, dataDir });

  const subjects = (await list()).map(({ subject }) => subject);
  expect(subjects).toHaveLength(200);
  expect([subjects[0], subjects.at(-1)]).toEqual(['202', '3']);
});

test('mails of one moment are all kept, in the order they came', async () => {
  const store = await MailInboxStore.open(join(dataDir, 'store'));
  const empty = { from: '', to: [], messageId: '', headers: [], text: '', html: '' };
  const subjects = Array.from({ length: 20 }, (_, index) => String(index));
  await Promise.all(subjects.map((subject) => store.add({ ...empty, subject })));
  expect(store.list().map(({ subject }) => subject)).toEqual(subjects.reverse());
});

test('nothing that a mail brings runs, is loaded, or becomes part of the page', async () => {
  const attack = '<img src=x onerror="alert(1)">';
  await send({ to: 'ada@viewora.test', subject: attack, text: attack, html: `<script>alert(1)</script>${attack}` });
  const [mail] = await list();

  for (const path of ['/', `/read/${mail?.id}`]) {
    const reply = await get(path);
    expect(await reply.text()).not.toContain('<img');
    expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(reply.headers.get('content-security-policy')).toContain("script-src 'self'");
  }
  const body = await get(`/body/${mail?.id}`);
  const policy = body.headers.get('content-security-policy') ?? '';
  expect(await body.text()).toContain('<script>');
  expect(policy).toMatch(/default-src 'none'.*sandbox/);
  expect(policy).not.toMatch(/script|allow-same-origin|http/);
  const page = await (await get(`/read/${mail?.id}`)).text();
  expect(page).toMatch(/<iframe [^>]*sandbox="allow-popups allow-popups-to-escape-sandbox"/);
});

test('a name that somebody else pointed at this machine gets nothing', async () => {
  await send({ to: 'ada@viewora.test', subject: 'Secret', text: 'one' });
  const { request } = await import('node:http');
  const status = await new Promise((resolve) => {
    request({ port: ports.port, host: '127.0.0.1', path: '/messages', headers: { host: 'evil.test' } }, (reply) => {
      reply.resume();
      resolve(reply.statusCode);
    }).end();
  });
  expect(status).toBe(421);
});

test("the inbox and both its ports are called for, unless a mail server of one's own is given", () => {
  expect(neededServers(settingsFrom({})).flatMap(portsOf)).toEqual(expect.arrayContaining(['mail', 'mailSmtp']));
  expect(neededServers(settingsFrom({ SMTP_URL: 'smtp://mail.test' }))).not.toContain('mail');
});
