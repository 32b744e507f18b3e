import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Route } from 'playwright-core';
import { application, asha, fakeAccounts, json, nothing, paper, problem, session, signedIn } from './fake-accounts.ts';
import { testSite } from './site.ts';

const site = testSite();
const { visit, openWith: open } = site;
const bodyOf = (route: Route) => route.request().postDataJSON() as Record<string, unknown>;

describe('an application', () => {
  const deed = { name: 'deed.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(300_000, 'a') };
  const seller = { ...asha, verification: 'none' as const };

  it('refuses a file of another kind, or one too large, before anything is sent', () =>
    visit({}, async (page) => {
      let announced = 0;
      await open(page, '/verification', {
        ...signedIn,
        'GET /auth/session': session(seller),
        'POST /me/application/documents': (route) => {
          announced++;
          return nothing(route);
        },
      });
      const chooser = page.locator('input[type=file]');
      await chooser.setInputFiles({ name: 'deed.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') });
      await page.getByText('deed.svg is of another kind').waitFor();
      await chooser.setInputFiles({ ...deed, buffer: Buffer.alloc(10 * 1024 * 1024 + 1) });
      await page.getByText('deed.pdf is larger than 10 MB').waitFor();
      assert.equal(announced, 0);
    }));

  it('sends each file to the address that it was given, shows how far it is, and again when it did not arrive', () =>
    visit({}, async (page) => {
      const puts: { url: string; type: string | undefined; bytes: number | undefined }[] = [];
      let announced = 0;
      const removed: string[] = [];
      const documents: ReturnType<typeof paper>[] = [];
      await fakeAccounts(page, {
        ...signedIn,
        'GET /auth/session': session(seller),
        'GET /me/application': (route) => json({ application: application({ documents }) })(route),
        'POST /me/application/documents': (route) => {
          announced++;
          assert.deepEqual(bodyOf(route), {
            kind: 'ownership_proof',
            name: 'deed.pdf',
            contentType: 'application/pdf',
            bytes: deed.buffer.length,
          });
          const id = `0192f0c1-2b3c-7d4e-8f5a-0000000000d${announced}`;
          const url = `https://bucket.test/put-${announced}`;
          const headers = { 'content-type': 'application/pdf', 'if-none-match': '*' };
          documents.push(paper({ id, name: 'deed.pdf', isUploaded: false }));
          return json({ document: documents.at(-1), upload: { url, headers } }, 201)(route);
        },
        'DELETE /me/application/documents/0192f0c1-2b3c-7d4e-8f5a-0000000000d1': (route) => {
          removed.push(documents.shift()?.id ?? '');
          return nothing(route);
        },
      });
      const cors = {
        'access-control-allow-origin': '*',
        'access-control-allow-headers': '*',
        'access-control-allow-methods': 'PUT',
      };
      await page.route('https://bucket.test/**', (route) => {
        const request = route.request();
        if (request.method() === 'OPTIONS') return route.fulfill({ status: 204, headers: cors });
        const { 'content-type': type } = request.headers();
        puts.push({ url: request.url(), type, bytes: request.postDataBuffer()?.length });
        if (puts.length === 1) return route.fulfill({ status: 503, headers: cors });
        documents[0] = { ...paper({ id: documents[0]?.id }), name: 'deed.pdf' };
        return route.fulfill({ status: 200, headers: cors });
      });
      await page.goto(`${site.webUrl}/verification`);
      await page.locator('input[type=file]').setInputFiles(deed);
      await page.getByText('It was not sent').waitFor();
      await page.getByRole('button', { name: 'Send deed.pdf again' }).click();
      await page.getByRole('button', { name: 'Remove deed.pdf' }).waitFor();
      assert.equal(await page.getByText('It was not sent').count(), 0);
      assert.deepEqual(
        puts.map(({ url, type }) => ({ url, type })),
        [1, 2].map((n) => ({ url: `https://bucket.test/put-${n}`, type: 'application/pdf' })),
      );
      // What did not arrive keeps no place.
      assert.equal(removed.length, 1);
    }));

  it('says of each document what was refused in it, keeps the message, and is handed in once that is put right', () =>
    visit({}, async (page) => {
      const refusal = { path: `documents.${paper().id}`, message: 'is not a PDF: its content is something else' };
      const sent: unknown[] = [];
      let isPending = false;
      await open(page, '/verification', {
        ...signedIn,
        'GET /auth/session': session(seller),
        'GET /me': json(asha),
        'GET /me/application': (route) =>
          json({ application: application({ status: isPending ? 'pending' : 'draft' }) })(route),
        'POST /me/application/submit': (route) => {
          sent.push(bodyOf(route));
          if (sent.length === 1) return problem({ code: 'invalid_input', status: 422, errors: [refusal] })(route);
          isPending = true;
          return json(application({ status: 'pending' }))(route);
        },
      });
      await page.getByLabel('Message').fill('See page two.');
      await page.getByRole('button', { name: 'Hand in' }).click();
      await page.getByRole('listitem').getByText('It is not a PDF: its content is something else.').waitFor();
      await page.getByRole('alert').getByText('Some documents were refused').waitFor();
      assert.equal(await page.getByLabel('Message').inputValue(), 'See page two.');
      await page.getByRole('button', { name: 'Hand in' }).click();
      await page.getByRole('heading', { name: 'Your papers are being looked at' }).waitFor();
      assert.deepEqual(sent, [{ message: 'See page two.' }, { message: 'See page two.' }]);
    }));

  it('without a document that it needs is not sent, and says which', () =>
    visit({}, async (page) => {
      await open(page, '/verification', {
        ...signedIn,
        'GET /auth/session': session({ ...seller, role: 'broker' }),
      });
      await page.getByRole('button', { name: 'Hand in' }).click();
      await page.getByText('Broker’s licence is missing.').waitFor();
      await page.getByText('Certificate is missing.').waitFor();
      await page
        .getByRole('button', { name: 'Choose files for: Broker’s licence' })
        .and(page.locator(':focus'))
        .waitFor();
    }));

  it('that was rejected says why, and can be made again', () =>
    visit({}, async (page) => {
      const rejected = application({ status: 'rejected', reason: 'The deed is in another name.' });
      await open(page, '/verification', {
        ...signedIn,
        'GET /auth/session': session({ ...asha, verification: 'rejected' }),
        'GET /me/application': json({ application: rejected }),
      });
      await page.getByText('The deed is in another name.').waitFor();
      await page.getByRole('button', { name: 'Apply again' }).click();
      await page.getByRole('button', { name: /Choose files/ }).waitFor();
      await page.getByText('The deed is in another name.').waitFor();
    }));
});
