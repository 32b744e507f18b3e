import { OwnPage } from '../session/own-page.tsx';
import { AccountSkeleton } from './account-skeleton.tsx';
import { AccountView } from './account-view.tsx';

/** What somebody sees and changes of their own account. */
export function AccountPage() {
  return (
    <OwnPage title="Account" skeleton={<AccountSkeleton />}>
      {(user) => <AccountView user={user} />}
    </OwnPage>
  );
}
