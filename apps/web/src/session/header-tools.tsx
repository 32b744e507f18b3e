import { NotificationBell } from '../notifications/notification-bell.tsx';
import { ThemeToggle } from '../theme/theme-toggle.tsx';
import { AccountControl } from './account-control.tsx';
import { useUser } from './session.ts';

/**
 * What every page's header ends with. Whoever is signed in has their inbox where visitors choose the colours, and the
 * colours behind their initials: as wide before that is known as after, so that nothing moves.
 */
export function HeaderTools() {
  const user = useUser();
  return (
    <div className="ml-auto flex items-center gap-2 md:gap-3">
      <div className="size-11 shrink-0 md:size-10">
        {user ? <NotificationBell key={user.id} /> : user === null && <ThemeToggle />}
      </div>
      <AccountControl />
    </div>
  );
}
