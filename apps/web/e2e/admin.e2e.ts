import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { accountsApi } from '@viewora/contracts/accounts';
import { propertyApi } from '@viewora/contracts/property';
import type { Page } from 'playwright-core';
import { fillCode, fillSignIn } from './account-steps.ts';
import { giveReason } from './admin-steps.ts';
import { apply, Members, paper } from './members.ts';
import { resultsAreShown } from './page-steps.ts';
import { testSite } from './site.ts';
import type { Journey } from './visit.ts';

const adminEmail = 'admin@viewora.test';

let members: Members;

const site = testSite((stack) => {
  members = new Members(stack);
});

const visit = (journey: Journey) => site.visit({}, journey);
const ownButton = (page: Page) => page.getByRole('button', { name: /^Your account/ });

/** Opens a page of the administration, which asks for the password and the mailed code first, and leads there. */
async function openAsAdmin(page: Page, path: string, heading: string): Promise<void> {
  await page.goto(`${site.webUrl}/admin${path}`);
  await members.inbox.passOver(adminEmail);
  await fillSignIn(page, { email: adminEmail, password: site.stack.demoPassword });
  await fillCode(page, await members.inbox.code(adminEmail));
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

describe('an administrator', () => {
  it('blocks a listing, which goes from search at once, and lets it back', () =>
    visit(async (page) => {
      const { items } = await members.call(propertyApi.search, { limit: 1 });
      const [home] = items;
      assert.ok(home);
      await openAsAdmin(page, `/listings/${home.id}`, home.title);
      await page.getByRole('button', { name: /^Block/ }).click();
      await giveReason(page, 'The home is not for sale.', 'Block');
      await page.getByText(`${home.title} is blocked`).waitFor();
      await page.getByText('The home is not for sale.').first().waitFor();

      await visit(async (visitor) => {
        await visitor.goto(`${site.webUrl}/homes/${home.id}`);
        await visitor.getByRole('heading', { name: 'This home is not listed here' }).waitFor();
        await visitor.goto(site.webUrl);
        await resultsAreShown(visitor);
        assert.equal(await visitor.locator(`[data-card="${home.id}"]`).count(), 0);
      });

      await page.getByRole('link', { name: 'Listings' }).first().click();
      await page.getByRole('link', { name: 'Blocked' }).click();
      await page.waitForURL('**/admin/listings?isBlocked=true');
      await page
        .getByRole('button', { name: `Unblock ${home.title}` })
        .first()
        .click();
      await page.getByText(`${home.title} is no longer blocked`).waitFor();
      await visit(async (visitor) => {
        await visitor.goto(`${site.webUrl}/homes/${home.id}`);
        await visitor.getByRole('heading', { level: 1, name: home.title }).waitFor();
      });

      await page.getByRole('link', { name: 'Audit log' }).click();
      const entries = page.getByRole('row').filter({ hasText: home.title });
      await entries.filter({ hasText: 'Demo Admin unblocked' }).first().waitFor();
      await entries.filter({ hasText: 'The home is not for sale.' }).first().waitFor();
    }));

  it('blocks somebody, whose session ends and who cannot sign in until it is undone', () =>
    visit(async (page) => {
      const typed = await members.member();
      await visit(async (theirs) => {
        await theirs.goto(`${site.webUrl}/account`);
        await fillSignIn(theirs, typed);
        await ownButton(theirs).waitFor();

        await openAsAdmin(page, `/users?q=${encodeURIComponent(typed.email)}`, 'Users');
        await page.getByRole('button', { name: `Block ${typed.name}` }).click();
        await giveReason(page, 'Unwanted messages to other people.', 'Block');
        await page.getByText(`${typed.name} is blocked`).waitFor();

        await theirs.reload();
        await theirs.waitForURL('**/sign-in?next=%2Faccount');
        await fillSignIn(theirs, typed);
        await theirs.getByRole('alert').waitFor();

        await page.getByRole('button', { name: 'Undo' }).click();
        await page.getByText(`${typed.name} is no longer blocked`).waitFor();
        await fillSignIn(theirs, typed);
        await ownButton(theirs).waitFor();
      });
    }));

  it('looks at the papers of a seller, approves them, and has both in the audit log', () =>
    visit(async (page) => {
      const seller = await members.member('seller');
      const call = await members.signIn(seller);
      await apply(call);
      await openAsAdmin(page, `/applications?q=${encodeURIComponent(seller.email)}`, 'Applications');
      await page.getByRole('heading', { name: seller.name }).waitFor();
      await page.getByText('It was my grandmother’s.').waitFor();
      const looked = page.waitForResponse('**/view');
      await page.getByRole('button', { name: 'Open proof of ownership' }).click();
      const { url } = await (await looked).json();
      assert.deepEqual(Buffer.from(await (await fetch(url)).arrayBuffer()), paper);
      await page.getByRole('button', { name: 'Approve …' }).click();
      await page
        .getByRole('alertdialog', { name: `Approve ${seller.name}?` })
        .getByRole('button', { name: 'Approve' })
        .click();
      await page.getByText(`${seller.name} is approved`).waitFor();
      assert.equal((await call(accountsApi.me, {})).verification, 'approved');

      await page.getByRole('link', { name: 'Audit log' }).click();
      await page
        .getByRole('row')
        .filter({ hasText: `Demo Admin approved the application of ${seller.name}` })
        .waitFor();
      await page
        .getByRole('row')
        .filter({ hasText: 'Demo Admin looked at the document title-deed.pdf' })
        .first()
        .waitFor();
    }));

  it('rejects a seller with a reason, and they read it', () =>
    visit(async (page) => {
      const seller = await members.member('seller');
      const call = await members.signIn(seller);
      await apply(call);
      await openAsAdmin(page, `/applications?q=${encodeURIComponent(seller.email)}`, 'Applications');
      await page.getByRole('heading', { name: seller.name }).waitFor();
      await page.keyboard.press('r');
      await page.getByRole('button', { name: /cannot be read/ }).click();
      await page.getByRole('button', { name: 'Reject', exact: true }).click();
      await page.getByText(`${seller.name} is rejected`).waitFor();
      const { application } = await call(accountsApi.myApplication, {});
      assert.equal(application?.reason, 'The document cannot be read. Please send a sharper copy.');
    }));

  it('upholds a visitor’s report, which blocks the home, and unblocks it', () =>
    visit(async (page) => {
      const { items } = await members.call(propertyApi.search, { limit: 1, sort: 'price_desc' });
      const [home] = items;
      assert.ok(home);
      const text = `Not for sale, says the owner ${randomUUID()}`;
      await members.call(propertyApi.report, { id: home.id, reason: 'not_for_sale', text });
      await openAsAdmin(page, `/reports?listingId=${home.id}`, 'Reports');
      const report = page.getByRole('listitem').filter({ hasText: text });
      await report.getByRole('button', { name: /^Uphold/ }).click();
      await giveReason(page, 'Checked: the report is right.', 'Uphold and block');
      await page.getByText(`Upheld: ${home.title} is blocked`).waitFor();
      await page.getByRole('button', { name: 'Unblock' }).click();
      await page.getByText(`${home.title} is no longer blocked`).waitFor();
    }));

  it('sees the market in figures that say what search finds', () =>
    visit(async (page) => {
      await openAsAdmin(page, '', 'Overview');
      await page.getByText(/^Most are houses: /).waitFor();
      await page.getByText(/ has most homes: /).waitFor();
      await page.getByText(/looked at .*7 days/).waitFor();
    }));
});
