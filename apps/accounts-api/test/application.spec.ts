import { accountsApi } from '@viewora/contracts/accounts';
import { documentLimits } from '@viewora/contracts/application';
import { startStorage, type TestStorage } from '@viewora/testkit/storage';
import { type SignedInPerson, startAccounts, type TestAccounts } from './accounts.ts';
import { papersOf, pdf, program } from './papers.ts';

let accounts: TestAccounts;
let storage: TestStorage;
let papers: ReturnType<typeof papersOf>;
let admin: SignedInPerson;
let otherAdmin: SignedInPerson;

beforeAll(async () => {
  storage = await startStorage();
  accounts = await startAccounts({ replicas: 2, env: storage.environment });
  papers = papersOf(accounts);
  [admin, otherAdmin] = [await accounts.signIn(await accounts.person('admin')), await newAdmin()];
}, 60_000);

afterAll(async () => {
  await accounts?.stop();
  await storage?.stop();
});

const newAdmin = async () => accounts.signIn(await accounts.person('admin'));
const seller = async () => accounts.signIn(await accounts.person('seller'));
const mine = async (person: SignedInPerson) =>
  (await accounts.ask(accountsApi.myApplication, {}, papers.as(person))).application;
const verification = async (person: SignedInPerson) =>
  (await accounts.ask(accountsApi.me, {}, papers.as(person))).verification;
const mayPublish = async ({ user }: SignedInPerson) =>
  (await accounts.ask(accountsApi.verificationOf, { userId: user.id })).mayPublish;
const approve = (id: string, by = admin) => accounts.ask(accountsApi.approveApplication, { id }, papers.as(by));
const reject = (id: string, reason = 'It cannot be read') =>
  accounts.ask(accountsApi.rejectApplication, { id, reason }, papers.as(admin));
const refusedSubmit = (person: SignedInPerson) =>
  accounts.refusal(accountsApi.submitApplication, {}, papers.as(person));
const signedHeaders = (url: string) => new URL(url).searchParams.get('X-Amz-SignedHeaders')?.split(';');

describe('a document on its way in', () => {
  test('goes to a key of ours, by a link that fits its type and length, for ten minutes, once', async () => {
    const person = await seller();
    // What only the service may say is no field: earlier any key could be attached, and read.
    const forged = { objectKey: 'applications/other/deed', key: 'secret', isUploaded: true, status: 'approved' };
    const added = await papers.announce(person, { name: 'applications/../../other', ...forged });
    const url = new URL(added.upload.url);
    expect(url.pathname).toBe(`/viewora-private/applications/${person.user.id}/${added.document.id}`);
    expect(url.searchParams.get('X-Amz-Expires')).toBe('600');
    expect(signedHeaders(added.upload.url)).toEqual(
      expect.arrayContaining(['content-length', 'content-type', 'host', 'if-none-match']),
    );
    expect([...url.searchParams.keys()].join()).not.toMatch(/checksum|key/i);
    expect(added.document).not.toHaveProperty('objectKey');
    expect(await papers.upload(added)).toBe(200);
    expect(await papers.upload(added, Buffer.alloc(pdf.length))).toBe(412);
    expect((await mine(person))?.documents).toEqual([{ ...added.document, isUploaded: true }]);
  });

  test('of an announcement that is repeated is one, with one link', async () => {
    const person = await seller();
    const input = { kind: 'ownership_proof', name: 'deed.pdf', contentType: 'application/pdf', bytes: 9 } as const;
    const again = () =>
      accounts.ask(accountsApi.addDocument, input, { ...papers.as(person), idempotencyKey: 'announced' });
    expect(await again()).toEqual(await again());
    expect((await mine(person))?.documents).toHaveLength(1);
    const [stored] = await accounts.sql(`SELECT reply FROM idempotency WHERE key = 'announced'`);
    expect(String(stored?.reply)).not.toContain('X-Amz-Signature');
  });

  test.each([
    ['too large', { bytes: documentLimits.bytes + 1 }, 'bytes'],
    ['empty', { bytes: 0 }, 'bytes'],
    ['of a type nobody looks at', { contentType: 'text/html' }, 'contentType'],
    ['with a header in its name', { name: 'a\r\nContent-Type: text/html' }, 'name'],
    ['with a NUL in its name', { name: 'a\0.pdf' }, 'name'],
    ['whose name reads backwards', { name: 'a\u202Efdp.exe' }, 'name'],
    ['for another role', { kind: 'broker_licence' }, 'kind'],
  ])('%s is refused by name', async (_, given, path) => {
    const person = await seller();
    const input = { kind: 'ownership_proof', name: 'a.pdf', contentType: 'application/pdf', bytes: 9, ...given };
    const refused = await accounts.refusal(accountsApi.addDocument, input as never, papers.as(person));
    expect(refused).toMatchObject({ code: 'invalid_input', details: { errors: [{ path }] } });
    expect(await mine(person)).toBeNull();
  });

  test('is one of eight at most, however many are announced at once', async () => {
    const person = await seller();
    const announced = await Promise.allSettled(Array.from({ length: 12 }, () => papers.announce(person)));
    expect(announced.filter(({ status }) => status === 'fulfilled')).toHaveLength(documentLimits.documents);
    expect((await mine(person))?.documents).toHaveLength(documentLimits.documents);
    expect(await accounts.sql('SELECT FROM application WHERE user_id = $1', [person.user.id])).toHaveLength(1);
  });

  test('can be taken back by its owner alone, and its bytes are not forgotten', async () => {
    const [person, stranger] = [await seller(), await seller()];
    const { document } = await papers.hand(person);
    const remove = (by: SignedInPerson) =>
      accounts.refusal(accountsApi.removeDocument, { id: document.id }, papers.as(by));
    expect((await remove(stranger)).code).toBe('not_found');
    await accounts.ask(accountsApi.removeDocument, { id: document.id }, papers.as(person));
    expect((await remove(person)).code).toBe('not_found');
    expect((await mine(person))?.documents).toEqual([]);
    const left = await accounts.sql('SELECT due_at > now() AS waits FROM object_removal WHERE object_key LIKE $1', [
      `%${document.id}`,
    ]);
    // The link may be good for some minutes yet.
    expect(left).toEqual([{ waits: true }]);
  });
});

describe('handing in', () => {
  test('wants every document that the role needs', async () => {
    const broker = await accounts.signIn(await accounts.person('broker'));
    expect((await refusedSubmit(broker)).code).toBe('conflict');
    await papers.hand(broker, 'broker_licence');
    expect(await refusedSubmit(broker)).toMatchObject({
      code: 'invalid_input',
      details: { status: 422, errors: [{ path: 'documents', message: 'must have: broker_certificate' }] },
    });
    await papers.hand(broker, 'broker_certificate');
    expect(await papers.submit(broker, '  Licensed since 2011 ')).toMatchObject({
      status: 'pending',
      message: 'Licensed since 2011',
      documents: [{ isUploaded: true }, { isUploaded: true }],
    });
    expect(await verification(broker)).toBe('pending');
    expect(await mayPublish(broker)).toBe(false);
  });

  test.each([
    ['a program that is called a PDF', program, 'is not a PDF: its content is something else'],
    ['a page of text', Buffer.from('<script>alert(1)</script>'), 'is not a PDF: its content is something else'],
    ['nothing', null, 'has not been uploaded'],
    ['an empty file', Buffer.alloc(0), 'is not as long as announced: upload it again'],
    ['a longer file', Buffer.concat([pdf, pdf]), 'is not as long as announced: upload it again'],
  ])('refuses %s by its document, which counts as not uploaded', async (_, body, message) => {
    const person = await seller();
    const bytes = body && message.includes('content') ? body.length : pdf.length;
    const added = await papers.announce(person, { bytes, name: 'deed.pdf' });
    if (body) expect(await papers.upload(added, body)).toBe(200);
    expect(await refusedSubmit(person)).toMatchObject({
      code: 'invalid_input',
      details: { status: 422, errors: [{ path: `documents.${added.document.id}`, message }] },
    });
    expect(await mine(person)).toMatchObject({ status: 'draft', documents: [{ isUploaded: false }] });
    expect((await fetch(`${storage.url}/applications/${person.user.id}/${added.document.id}`)).status).toBe(404);
    // Its place is free for what it should have been.
    if (bytes !== pdf.length) return;
    expect(await papers.upload(added)).toBe(200);
    expect((await papers.submit(person)).status).toBe('pending');
  });

  test('takes pictures by what they are', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const person = await seller();
    const added = await papers.announce(person, { contentType: 'image/jpeg', bytes: png.length });
    await papers.upload(added, png);
    const [error] = (await refusedSubmit(person)).details.errors ?? [];
    expect(error?.message).toBe('is not a JPEG picture: its content is something else');
    await accounts.ask(accountsApi.removeDocument, { id: added.document.id }, papers.as(person));
    await papers.upload(await papers.announce(person, { contentType: 'image/png', bytes: png.length }), png);
    expect((await papers.submit(person)).status).toBe('pending');
  });

  test('of the largest document allowed works', async () => {
    const person = await seller();
    const large = Buffer.concat([pdf, Buffer.alloc(documentLimits.bytes - pdf.length)]);
    expect(await papers.upload(await papers.announce(person, { bytes: large.length }), large)).toBe(200);
    expect((await papers.submit(person)).status).toBe('pending');
  });

  test('is done once: by a repeat, by five at once, and not again afterwards', async () => {
    const person = await seller();
    await papers.hand(person);
    const options = { ...papers.as(person), idempotencyKey: 'handed-in' };
    const first = await accounts.ask(accountsApi.submitApplication, {}, options);
    expect(await accounts.ask(accountsApi.submitApplication, {}, options)).toEqual(first);
    expect((await refusedSubmit(person)).code).toBe('conflict');

    const other = await seller();
    await papers.hand(other);
    const done = await Promise.allSettled(Array.from({ length: 5 }, () => papers.submit(other)));
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await accounts.ask(accountsApi.me, {}, papers.as(other))).version).toBe(other.user.version + 1);
  });

  test('leaves nothing to be changed: no document more, none less', async () => {
    const { person, application } = await papers.applicant();
    const id = application.documents[0]?.id ?? '';
    const removed = await accounts.refusal(accountsApi.removeDocument, { id }, papers.as(person));
    expect(removed.code).toBe('conflict');
    await expect(papers.announce(person)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('is nothing for a buyer, whatever their token still says, nor with a NUL in the message', async () => {
    const person = await seller();
    await papers.hand(person);
    const nul = await accounts.refusal(accountsApi.submitApplication, { message: 'a\0b' }, papers.as(person));
    expect(nul).toMatchObject({ code: 'invalid_input', details: { errors: [{ path: 'message' }] } });
    await accounts.sql(`UPDATE app_user SET role = 'buyer' WHERE id = $1`, [person.user.id]);
    expect((await refusedSubmit(person)).code).toBe('forbidden');
  });
});

describe('a decision', () => {
  test('to approve lets the applicant publish, and tells them, once', async () => {
    const { person, application } = await papers.applicant();
    const options = { ...papers.as(admin), idempotencyKey: 'approved' };
    const decided = await accounts.ask(accountsApi.approveApplication, { id: application.id }, options);
    expect(decided).toMatchObject({
      status: 'approved',
      applicant: { id: person.user.id, email: person.email },
      decidedBy: { id: admin.user.id },
    });
    expect(await accounts.ask(accountsApi.approveApplication, { id: application.id }, options)).toEqual(decided);
    expect([await verification(person), await mayPublish(person)]).toEqual(['approved', true]);
    expect(await accounts.mailsTo(person.email, 'application_approved')).toMatchObject([{ data: { role: 'seller' } }]);
    const inbox = await accounts.ask(accountsApi.notifications, {}, papers.as(person));
    expect(inbox).toMatchObject({ items: [{ kind: 'application_approved', readAt: null }], unread: 1 });
    await expect(papers.announce(person)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('to reject says why; the next document begins a new application, and the old one stays as it was', async () => {
    const { person, application } = await papers.applicant();
    await reject(application.id, 'The stamp is missing');
    expect(await mine(person)).toMatchObject({ status: 'rejected', reason: 'The stamp is missing' });
    expect([await verification(person), await mayPublish(person)]).toEqual(['rejected', false]);
    expect(await accounts.mailTo(person.email, 'application_rejected')).toMatchObject({
      data: { role: 'seller', reason: 'The stamp is missing' },
    });
    await papers.hand(person);
    const again = await papers.submit(person);
    expect(again.id).not.toBe(application.id);
    await approve(again.id);
    expect(await mayPublish(person)).toBe(true);
    const first = await accounts.ask(accountsApi.application, { id: application.id }, papers.as(admin));
    expect(first.status).toBe('rejected');
  });

  test('of two administrators at the same moment is one of them’s; the other is told', async () => {
    for (let round = 0; round < 5; round++) {
      const { person, application } = await papers.applicant();
      const { id } = application;
      const done = await Promise.allSettled([
        approve(id),
        accounts.ask(accountsApi.rejectApplication, { id, reason: 'Not clear' }, papers.as(otherAdmin)),
      ]);
      expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      const lost = done.find((one) => one.status === 'rejected');
      expect(lost?.reason).toMatchObject({ code: 'conflict' });
      const inbox = await accounts.ask(accountsApi.notifications, {}, papers.as(person));
      expect(inbox.items).toHaveLength(1);
      expect(await accounts.sql('SELECT FROM audit_entry WHERE target_id = $1', [id])).toHaveLength(1);
    }
  });

  test('is not for one’s own, not on a draft, not for who is no administrator any more', async () => {
    const { person, application } = await papers.applicant();
    await accounts.sql(`UPDATE app_user SET role = 'admin' WHERE id = $1`, [person.user.id]);
    const own = { actor: { ...person.actor, role: 'admin' as const } };
    expect((await accounts.refusal(accountsApi.approveApplication, { id: application.id }, own)).code).toBe(
      'forbidden',
    );
    await accounts.sql(`UPDATE app_user SET role = 'seller' WHERE id = $1`, [person.user.id]);
    const former = await accounts.refusal(accountsApi.approveApplication, { id: application.id }, own);
    expect(former.code).toBe('forbidden');

    const drafting = await seller();
    await papers.hand(drafting);
    const draft = { id: (await mine(drafting))?.id ?? '' };
    const operations = [accountsApi.application, accountsApi.approveApplication] as const;
    for (const operation of operations)
      expect((await accounts.refusal(operation, draft, papers.as(admin))).code).toBe('not_found');
  });
});

describe('a look at a document', () => {
  test('is a link for a minute, to a download under a harmless name, and is in the audit log', async () => {
    const person = await seller();
    const added = await papers.announce(person, { name: 'deed"; filename="a.exe' });
    await papers.upload(added);
    const { id } = await papers.submit(person);
    const input = { id, documentId: added.document.id };
    const options = { ...papers.as(admin), idempotencyKey: 'looked' };
    const look = await accounts.ask(accountsApi.viewDocument, input, options);
    const { searchParams } = new URL(look.url);
    expect(searchParams.get('X-Amz-Expires')).toBe('60');
    expect(Date.parse(look.expiresAt) - Date.now()).toBeLessThanOrEqual(60_000);
    expect(searchParams.get('response-content-type')).toBe('application/pdf');
    expect(searchParams.get('response-content-disposition')).toBe(
      "attachment; filename=document.pdf; filename*=UTF-8''deed__%20filename__a.exe.pdf",
    );
    expect(Buffer.from(await (await fetch(look.url)).arrayBuffer())).toEqual(pdf);
    expect(await accounts.ask(accountsApi.viewDocument, input, options)).toEqual(look);
    const log = await accounts.ask(accountsApi.audit, { targetId: added.document.id }, papers.as(admin));
    expect(log.items).toMatchObject([{ action: 'document.view', actor: { id: admin.user.id } }]);
    const replies = await accounts.sql(`SELECT reply FROM idempotency WHERE key = 'looked'`);
    expect(JSON.stringify(replies)).not.toContain('X-Amz-Signature');
  });

  test('is not to be had of a draft, of another application, or of one that is not there', async () => {
    const drafting = await seller();
    const { document } = await papers.hand(drafting);
    const draftId = (await mine(drafting))?.id ?? '';
    const { application } = await papers.applicant();
    const view = (id: string, documentId: string) =>
      accounts.refusal(accountsApi.viewDocument, { id, documentId }, papers.as(admin));
    expect((await view(draftId, document.id)).code).toBe('not_found');
    expect((await view(application.id, document.id)).code).toBe('not_found');
    expect((await view(crypto.randomUUID(), document.id)).code).toBe('not_found');
  });
});

describe('the queue', () => {
  test('has those that wait longest first, in pages that neither repeat nor miss one, and finds by name', async () => {
    const waiting: string[] = [];
    for (let i = 0; i < 5; i++) waiting.push((await papers.applicant()).application.id);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const input = { status: ['pending' as const], limit: 2, cursor };
      const page = await accounts.ask(accountsApi.applications, input, papers.as(admin));
      expect(page.pending).toBeGreaterThanOrEqual(5);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => waiting.includes(id))).toEqual(waiting);
    const first = await accounts.ask(accountsApi.application, { id: waiting[0] ?? '' }, papers.as(admin));
    const find = async (q: string) => (await accounts.ask(accountsApi.applications, { q }, papers.as(admin))).items;
    expect((await find(first.applicant.email.toUpperCase())).map(({ id }) => id)).toEqual([first.id]);
    expect(await find('%')).toEqual([]);
    for (const nonsense of ['nonsense', Buffer.from('["2026-01-01T00:00:00Z","x"]').toString('base64url')]) {
      const refused = await accounts.refusal(accountsApi.applications, { cursor: nonsense }, papers.as(admin));
      expect(refused).toMatchObject({ code: 'invalid_input', details: { errors: [{ path: 'cursor' }] } });
    }
  });
});

test('no link and no name of a document is in a log', async () => {
  const log = (await Promise.all(accounts.replicas.map((replica) => replica.lastLines(100_000)))).join('\n');
  expect(log).toContain('ready');
  for (const hidden of ['X-Amz', 'applications/', 'deed.pdf']) expect(log).not.toContain(hidden);
});

test('while the store is away nothing is decided by guess, and nothing internal is told', async () => {
  const person = await seller();
  await accounts.startReplica({ S3_ENDPOINT: 'http://127.0.0.1:9' });
  for (const replica of accounts.replicas.splice(0, 2)) await replica.stop();
  const added = await papers.announce(person);
  const refused = await refusedSubmit(person);
  expect([refused.code, refused.message]).toEqual(['unavailable', 'Documents cannot be reached']);
  expect(added.document.isUploaded).toBe(false);
});
