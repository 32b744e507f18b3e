import type { Page, Route } from 'playwright-core';
import { json, type Replies } from './fake-accounts.ts';
import { users } from './fake-admin.ts';

export const rowOf = (page: Page, name: string) => page.locator('[data-row]').filter({ hasText: name });

/** Answers as the server does once somebody has been blocked or unblocked. */
export function blocks(sent: unknown[] = []): Replies {
  const blocked = (user: (typeof users)[number], reason: string | null) => ({
    ...user,
    status: reason === null ? 'active' : 'blocked',
    blockedAt: reason === null ? null : new Date().toISOString(),
    blockedReason: reason,
  });
  return Object.fromEntries(
    users.flatMap((user) => [
      [
        `POST /admin/users/${user.id}/block`,
        (route: Route) => {
          const { reason } = route.request().postDataJSON();
          sent.push({ block: user.name, reason });
          return json(blocked(user, reason))(route);
        },
      ],
      [
        `POST /admin/users/${user.id}/unblock`,
        (route: Route) => {
          sent.push({ unblock: user.name });
          return json(blocked(user, null))(route);
        },
      ],
    ]),
  );
}

/** Fills in why, and goes through with it. */
export async function giveReason(page: Page, reason: string, button: string): Promise<void> {
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('textbox').fill(reason);
  await dialog.getByRole('button', { name: button, exact: true }).click();
}
