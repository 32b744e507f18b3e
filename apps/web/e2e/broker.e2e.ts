import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { fillCode, fillSignIn } from './account-steps.ts';
import { Members } from './members.ts';
import { isOnTheMarket, writeListing } from './selling-steps.ts';
import { testSite } from './site.ts';
import type { Journey } from './visit.ts';

const administrator = 'admin@viewora.test';
const paper = Buffer.from('%PDF-1.7\n%%EOF\n');

let members: Members;

const site = testSite((stack) => {
  members = new Members(stack);
});

const visit = (journey: Journey) => site.visit({}, journey);
const { open } = site;

/** Brokers and administrators are asked for the mailed code too. */
async function signIn(page: Page, who: { email: string; password: string }): Promise<void> {
  await members.inbox.passOver(who.email);
  await fillSignIn(page, who);
  await fillCode(page, await members.inbox.code(who.email));
}

async function handInPapers(page: Page): Promise<void> {
  for (const [kind, name] of [
    [/licence/i, 'licence.pdf'],
    [/certificate/i, 'certificate.pdf'],
  ] as const) {
    const file = { name, mimeType: 'application/pdf', buffer: paper };
    await page.getByLabel(kind).and(page.locator('input[type=file]')).setInputFiles(file);
    await page.getByRole('button', { name: `Remove ${name}` }).waitFor();
  }
  await page.getByRole('button', { name: 'Hand in' }).click();
  await page.getByRole('heading', { name: 'Your papers are being looked at' }).waitFor();
}

async function approve(name: string): Promise<void> {
  await visit(async (page) => {
    await open(page, '/admin/applications');
    await signIn(page, { email: administrator, password: site.stack.demoPassword });
    await page.getByRole('heading', { name }).waitFor();
    await page.getByRole('button', { name: 'Approve …' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Approve' }).click();
    await page.getByText(`${name} is approved`).waitFor();
  });
}

describe('a broker', () => {
  it('hands in licence and certificate, publishes once they are approved, sells, and is counted', () =>
    visit(async (page) => {
      const broker = await members.member('broker');
      await open(page, '/verification');
      await signIn(page, broker);
      await handInPapers(page);

      const title = `Flat of ${broker.name}`;
      await open(page, '/sell/new?step=words');
      await writeListing(page, title);
      await page.getByRole('button', { name: 'Publish' }).click();
      await page.getByText('Listings go on the market once an administrator has seen your licence').waitFor();

      await approve(broker.name);
      await page.getByRole('button', { name: 'Publish' }).click();
      await isOnTheMarket(page);
      await open(page, '/notifications');
      await page
        .getByText(/approved/)
        .first()
        .waitFor();

      await open(page, '/sell');
      await page.getByRole('button', { name: `What to do with “${title}”` }).click();
      await page.getByRole('menuitem', { name: 'Mark as sold' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Mark as sold' }).click();
      await page.getByRole('cell', { name: 'Sold' }).waitFor();

      await visit(async (admin) => {
        await open(admin, '/admin');
        await signIn(admin, { email: administrator, password: site.stack.demoPassword });
        await admin.getByText(`${broker.name} has sold most: 1 home.`).waitFor();
      });
    }));
});
