import type { Page } from 'playwright-core';
import { asha, fakeAccounts, problem, type Replies, session } from './fake-accounts.ts';
import { applications, asAdmin, listings, nothingThere, users } from './fake-admin.ts';
import type { Shot } from './shot.ts';

/** Opens a page of the administration and waits for its heading. */
export async function openAdmin(page: Page, url: string, replies: Replies, heading: string | RegExp): Promise<void> {
  await fakeAccounts(page, replies);
  await page.goto(url);
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

const main = (page: Page) => page.getByRole('main');
const down = (page: Page) => main(page).evaluate((element) => element.scrollTo(0, element.scrollHeight));
const isBusy = (page: Page) => main(page).locator('[aria-busy="false"]').first().waitFor();

function list(path: string, heading: string, replies = asAdmin) {
  return async (page: Page, web: string): Promise<void> => {
    await openAdmin(page, `${web}/admin/${path}`, replies, heading);
    await isBusy(page);
  };
}

const never = () => {};
const broken = problem({ code: 'internal', status: 500 });
const { id: ashaId } = users[1] ?? { id: '' };
const { id: leeId } = users[5] ?? { id: '' };

export const adminShots: readonly Shot[] = [
  {
    name: 'admin-panel',
    async take(page, web) {
      await fakeAccounts(page, asAdmin);
      await page.goto(`${web}/nowhere`);
      await page.getByRole('button', { name: /Your account/ }).click();
      await page.getByRole('link', { name: 'Administration' }).waitFor();
    },
  },
  {
    name: 'admin-refused',
    async take(page, web) {
      await openAdmin(page, `${web}/admin`, { 'GET /auth/session': session(asha) }, /./).catch(() => {});
      await page.getByRole('heading', { name: 'This page is not for you' }).waitFor();
    },
  },
  {
    name: 'admin-overview',
    async take(page, web) {
      await openAdmin(page, `${web}/admin`, asAdmin, 'Overview');
      await page.getByText('Sacramento has most homes').waitFor();
    },
  },
  {
    name: 'admin-overview-end',
    async take(page, web) {
      await openAdmin(page, `${web}/admin`, asAdmin, 'Overview');
      await page.getByText('Sacramento has most homes').waitFor();
      await down(page);
    },
  },
  {
    name: 'admin-overview-loading',
    async take(page, web) {
      await openAdmin(page, `${web}/admin`, { ...asAdmin, 'GET /admin/statistics': never }, 'Overview');
    },
  },
  {
    name: 'admin-overview-views-away',
    async take(page, web) {
      const away = problem({ code: 'unavailable', status: 503 });
      await openAdmin(page, `${web}/admin`, { ...asAdmin, 'GET /admin/analytics/most-viewed': away }, 'Overview');
      await page.getByText('The views could not be loaded').waitFor();
      await down(page);
    },
  },
  { name: 'admin-users', take: list('users', 'Users') },
  {
    name: 'admin-users-selected',
    async take(page, web) {
      await list('users?status=active', 'Users')(page, web);
      await page.getByRole('checkbox', { name: 'Select Asha Menon' }).check();
      await page.getByRole('checkbox', { name: 'Select Jo' }).check();
    },
  },
  {
    name: 'admin-users-filter',
    async take(page, web) {
      await list('users', 'Users')(page, web);
      await page.getByRole('button', { name: 'Role' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'admin-users-block',
    async take(page, web) {
      await list('users', 'Users')(page, web);
      await page.getByRole('button', { name: 'Block Asha Menon' }).click();
      await page.getByRole('button', { name: 'Block', exact: true }).click();
      await page.locator('[aria-invalid="true"]').waitFor();
    },
  },
  {
    name: 'admin-users-undo',
    async take(page, web) {
      const blocked = { ...users[1], status: 'blocked', blockedAt: new Date().toISOString(), blockedReason: 'Spam.' };
      const replies: Replies = {
        ...asAdmin,
        [`POST /admin/users/${ashaId}/block`]: (route) => route.fulfill({ json: blocked }),
      };
      await list('users', 'Users', replies)(page, web);
      await page.getByRole('button', { name: 'Block Asha Menon' }).click();
      await page.getByRole('textbox', { name: 'Reason' }).fill('Spam.');
      await page.getByRole('button', { name: 'Block', exact: true }).click();
      await page.getByRole('button', { name: 'Undo' }).waitFor();
    },
  },
  {
    name: 'admin-users-bulk',
    async take(page, web) {
      const refused = problem({ code: 'unavailable', status: 503 });
      const replies: Replies = { ...asAdmin, [`POST /admin/users/${ashaId}/block`]: refused };
      await list('users', 'Users', replies)(page, web);
      await page.getByRole('checkbox', { name: 'Select Asha Menon' }).check();
      await page.getByRole('button', { name: 'Block …' }).click();
      await page.getByRole('textbox', { name: 'Reason' }).fill('Spam.');
      await page.getByRole('button', { name: 'Block 1' }).click();
      await page.getByRole('button', { name: /again/ }).waitFor();
    },
  },
  { name: 'admin-users-empty', take: list('users?q=nobody', 'Users', nothingThere) },
  {
    name: 'admin-users-error',
    async take(page, web) {
      await openAdmin(page, `${web}/admin/users`, { ...asAdmin, 'GET /admin/users': broken }, 'Users');
      await page.getByRole('button', { name: 'Try again' }).waitFor();
    },
  },
  {
    name: 'admin-users-loading',
    take: (page, web) => openAdmin(page, `${web}/admin/users`, { ...asAdmin, 'GET /admin/users': never }, 'Users'),
  },
  {
    name: 'admin-user',
    async take(page, web) {
      await openAdmin(page, `${web}/admin/users/${ashaId}`, asAdmin, 'Asha Menon');
      await page.getByRole('region', { name: 'What administrators' }).getByRole('listitem').first().waitFor();
    },
  },
  {
    name: 'admin-user-blocked',
    take: (page, web) => openAdmin(page, `${web}/admin/users/${leeId}`, asAdmin, 'Lee Park'),
  },
  {
    name: 'admin-user-role',
    async take(page, web) {
      await openAdmin(page, `${web}/admin/users/${ashaId}`, asAdmin, 'Asha Menon');
      await page.getByRole('button', { name: 'Change role' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  { name: 'admin-listings', take: list('listings', 'Listings') },
  { name: 'admin-listings-empty', take: list('listings?isBlocked=true', 'Listings', nothingThere) },
  {
    name: 'admin-listing',
    async take(page, web) {
      await openAdmin(page, `${web}/admin/listings/${listings[0]?.id}`, asAdmin, '3-bed house in Folsom');
      await page.getByRole('region', { name: 'Reports' }).getByRole('listitem').first().waitFor();
    },
  },
  {
    name: 'admin-applications',
    async take(page, web) {
      await list('applications', 'Applications')(page, web);
      await page.getByRole('link', { name: /Asha Menon/ }).waitFor();
    },
  },
  {
    name: 'admin-application',
    async take(page, web) {
      await fakeAccounts(page, asAdmin);
      await page.goto(`${web}/admin/applications/${applications[1]?.id}`);
      await page.getByRole('heading', { name: 'Priya Nair' }).waitFor();
    },
  },
  {
    name: 'admin-application-reject',
    async take(page, web) {
      await fakeAccounts(page, asAdmin);
      await page.goto(`${web}/admin/applications/${applications[0]?.id}`);
      await page.getByRole('button', { name: 'Reject …' }).click();
      await page.getByRole('button', { name: /cannot be read/ }).click();
    },
  },
  {
    name: 'admin-application-approve',
    async take(page, web) {
      await fakeAccounts(page, asAdmin);
      await page.goto(`${web}/admin/applications/${applications[0]?.id}`);
      await page.getByRole('button', { name: 'Approve …' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  { name: 'admin-applications-empty', take: list('applications', 'Applications', nothingThere) },
  { name: 'admin-reports', take: list('reports', 'Reports') },
  {
    name: 'admin-reports-uphold',
    async take(page, web) {
      await list('reports', 'Reports')(page, web);
      await page
        .getByRole('button', { name: /^Uphold/ })
        .first()
        .click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  { name: 'admin-reports-empty', take: list('reports', 'Reports', nothingThere) },
  { name: 'admin-audit', take: list('audit', 'Audit log') },
  {
    name: 'admin-audit-days',
    async take(page, web) {
      await list('audit?from=2026-05-02T07%3A00%3A00.000Z', 'Audit log')(page, web);
      await page.getByRole('button', { name: 'Other days' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'admin-keys',
    async take(page, web) {
      await list('users', 'Users')(page, web);
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    },
  },
];
