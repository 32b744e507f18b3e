import type { User } from '@viewora/contracts/user';
import { Link, Route, Routes } from 'react-router';
import { buttonClass } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { AdminListingPage } from './admin-listing-page.tsx';
import { AdminNav } from './admin-nav.tsx';
import { ApplicationsPage } from './applications-page.tsx';
import { AuditPage } from './audit-page.tsx';
import { ListingsPage } from './listings-page.tsx';
import { OverviewPage } from './overview-page.tsx';
import { ReportsPage } from './reports-page.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { useScrollTrail } from './use-scroll-trail.ts';
import { UserPage } from './user-page.tsx';
import { UsersPage } from './users-page.tsx';

export function AdminRoutes({ user }: { user: User }) {
  const main = useScrollTrail();
  return (
    <div className="flex min-h-0 flex-1 max-lg:flex-col">
      <AdminNav />
      <main
        ref={main}
        id="admin"
        tabIndex={-1}
        className="scroll-quiet relative min-h-0 min-w-0 flex-1 overflow-y-auto outline-none"
      >
        <Routes>
          <Route index element={<OverviewPage />} />
          <Route path="users" element={<UsersPage ownId={user.id} />} />
          <Route path="users/:id" element={<UserPage ownId={user.id} />} />
          <Route path="listings" element={<ListingsPage />} />
          <Route path="listings/:id" element={<AdminListingPage />} />
          <Route path="applications/:id?" element={<ApplicationsPage />} />
          <Route path="reports" element={<ReportsPage />} />
          <Route path="audit" element={<AuditPage />} />
          <Route path="*" element={<Nowhere />} />
        </Routes>
      </main>
      <ShortcutsDialog />
    </div>
  );
}

function Nowhere() {
  return (
    <Notice
      title="There is no page here"
      isPage
      action={
        <Link to="/admin" className={buttonClass('primary')}>
          To the overview
        </Link>
      }
    >
      The address may be mistyped, or what was here is gone.
    </Notice>
  );
}
