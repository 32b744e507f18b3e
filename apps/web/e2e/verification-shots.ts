import type { User } from '@viewora/contracts/user';
import type { Page } from 'playwright-core';
import { application, asha, json, openWith, paper, problem, type Replies, session, signedIn } from './fake-accounts.ts';
import type { Shot } from './shot.ts';

async function verification(page: Page, web: string, user: User, replies: Replies): Promise<void> {
  await openWith(page, `${web}/verification`, { ...signedIn, 'GET /auth/session': session(user), ...replies });
}

const seller: User = { ...asha, verification: 'none' };
const broker: User = { ...asha, role: 'broker', verification: 'none' };

export const verificationShots: readonly Shot[] = [
  {
    name: 'verification-begin',
    async take(page, web) {
      await verification(page, web, broker, {});
      await page.getByRole('heading', { name: 'Get verified' }).waitFor();
    },
  },
  {
    name: 'verification-draft',
    async take(page, web) {
      const second = paper({
        id: '0192f0c1-2b3c-7d4e-8f5a-0000000000d2',
        name: 'Tax bill.png',
        contentType: 'image/png',
      });
      await verification(page, web, seller, {
        'GET /me/application': json({ application: application({ documents: [paper(), second] }) }),
        'POST /me/application/documents': json(
          {
            document: paper({ id: '0192f0c1-2b3c-7d4e-8f5a-0000000000d3', isUploaded: false }),
            upload: { url: `${web}/upload`, headers: {} },
          },
          201,
        ),
      });
      await page.route('**/upload', () => {});
      const chosen = {
        name: 'Extract of the register.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.alloc(700_000),
      };
      await page.locator('input[type=file]').setInputFiles(chosen);
      await page.getByRole('progressbar').waitFor();
    },
  },
  {
    name: 'verification-refused',
    async take(page, web) {
      const refused = problem({
        code: 'invalid_input',
        status: 422,
        errors: [{ path: `documents.${paper().id}`, message: 'is not a PDF: its content is something else' }],
      });
      await verification(page, web, seller, {
        'GET /me/application': json({ application: application() }),
        'POST /me/application/submit': refused,
      });
      await page.getByRole('button', { name: 'Hand in' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'verification-incomplete',
    async take(page, web) {
      await verification(page, web, broker, {});
      const large = { name: 'Licence.tiff', mimeType: 'image/tiff', buffer: Buffer.alloc(10) };
      await page.locator('input[type=file]').first().setInputFiles(large);
      await page.getByRole('button', { name: 'Hand in' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'verification-pending',
    async take(page, web) {
      const handedIn = application({
        status: 'pending',
        submittedAt: '2026-03-06T10:00:00.000Z',
        message: 'The deed is in my maiden name, Asha Rao.',
      });
      await verification(page, web, asha, { 'GET /me/application': json({ application: handedIn }) });
      await page.getByRole('heading', { name: 'Your papers are being looked at' }).waitFor();
    },
  },
  {
    name: 'verification-rejected',
    async take(page, web) {
      const rejected = application({
        status: 'rejected',
        submittedAt: '2026-03-06T10:00:00.000Z',
        decidedAt: '2026-03-07T10:00:00.000Z',
        reason: 'The deed is in another name.\nSend one that names you, or a paper that says how you came by the home.',
      });
      const user: User = { ...asha, verification: 'rejected' };
      await verification(page, web, user, { 'GET /me/application': json({ application: rejected }) });
      await page.getByRole('button', { name: 'Apply again' }).waitFor();
    },
  },
  {
    name: 'verification-approved',
    async take(page, web) {
      const approved = application({ status: 'approved', submittedAt: '2026-03-06T10:00:00.000Z' });
      const user: User = { ...asha, verification: 'approved' };
      await verification(page, web, user, { 'GET /me/application': json({ application: approved }) });
      await page.getByRole('heading', { name: 'You are verified' }).waitFor();
    },
  },
  {
    name: 'verification-not-needed',
    async take(page, web) {
      await verification(page, web, { ...asha, role: 'buyer', verification: 'not_needed' }, {});
      await page.getByRole('heading', { name: 'needs no verification' }).waitFor();
    },
  },
];
