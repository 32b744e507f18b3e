import { inbox, openWith, signedIn } from './fake-accounts.ts';
import type { Shot } from './shot.ts';

export const notificationsShots: readonly Shot[] = [
  {
    name: 'notifications-panel',
    async take(page, web) {
      await openWith(page, `${web}/nowhere`, { ...signedIn, 'GET /me/notifications': inbox() });
      await page.getByRole('button', { name: /Notifications, 2 unread/ }).click();
      await page.getByRole('dialog').getByText('You are a seller now').waitFor();
    },
  },
  {
    name: 'notifications-panel-empty',
    async take(page, web) {
      await openWith(page, `${web}/nowhere`, signedIn);
      await page.getByRole('button', { name: 'Notifications' }).click();
      await page.getByText('Nothing yet').waitFor();
    },
  },
  {
    name: 'notifications',
    async take(page, web) {
      await openWith(page, `${web}/notifications`, { ...signedIn, 'GET /me/notifications': inbox(undefined, 'older') });
      await page.getByRole('button', { name: 'Show older ones' }).waitFor();
    },
  },
  {
    name: 'notifications-empty',
    async take(page, web) {
      await openWith(page, `${web}/notifications`, signedIn);
      await page.getByText('Nothing yet').waitFor();
    },
  },
];
