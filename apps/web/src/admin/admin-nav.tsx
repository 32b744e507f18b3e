import { useQuery } from '@tanstack/react-query';
import { apiBase } from '@viewora/contracts/http-client';
import {
  FileCheck,
  Flag,
  House,
  LayoutDashboard,
  ListChecks,
  type LucideIcon,
  ScrollText,
  UsersRound,
} from 'lucide-react';
import { useEffect, useRef } from 'react';
import { NavLink, useLocation } from 'react-router';
import { openCountQuery, pendingCountQuery } from '../api/admin-queries.ts';

const itemLook =
  'flex min-h-11 shrink-0 items-center gap-2.5 border-b-2 border-transparent px-2.5 text-sm whitespace-nowrap text-muted -outline-offset-2 transition-colors hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-semibold aria-[current=page]:text-ink lg:min-h-10 lg:rounded-sm lg:border-b-0 lg:hover:bg-sunken lg:aria-[current=page]:bg-sunken';

/** Beside the page on a desk, above it where there is less room. */
export function AdminNav() {
  const pending = useQuery(pendingCountQuery).data ?? 0;
  const open = useQuery(openCountQuery).data ?? 0;
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // Where the tabs do not fit, the current one must not be among those out of sight; counts make the tabs wider.
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>('[aria-current="page"]');
    nav.current?.scrollTo({ left: (current?.offsetLeft ?? 0) - 48 });
  }, [pathname, pending, open]);
  return (
    <nav
      ref={nav}
      aria-label="Administration"
      className="scroll-quiet relative flex shrink-0 gap-1 overflow-x-auto border-hairline px-3 max-lg:border-b md:px-5 lg:w-56 lg:flex-col lg:overflow-x-visible lg:border-r lg:px-3 lg:py-5"
    >
      <Item to="/admin" end icon={LayoutDashboard} name="Overview" />
      <Item to="/admin/users" icon={UsersRound} name="Users" />
      <Item to="/admin/listings" icon={House} name="Listings" />
      <Item to="/admin/applications" icon={FileCheck} name="Applications" count={pending} means="waiting" />
      <Item to="/admin/reports" icon={Flag} name="Reports" count={open} means="open" />
      <Item to="/admin/audit" icon={ScrollText} name="Audit log" />
      {/* Not a page of this app: the gateway serves it, to administrators alone. */}
      <a href={`${apiBase}/admin/queues`} className={itemLook}>
        <ListChecks size={18} aria-hidden className="max-lg:hidden" />
        Jobs
      </a>
    </nav>
  );
}

interface ItemProps {
  to: string;
  end?: boolean;
  icon: LucideIcon;
  name: string;
  count?: number;
  means?: string;
}

function Item({ to, end = false, icon: Icon, name, count = 0, means }: ItemProps) {
  return (
    <NavLink to={to} end={end} className={itemLook}>
      <Icon size={18} aria-hidden className="max-lg:hidden" />
      {name}
      {count > 0 && (
        <span className="grid h-5 min-w-5 place-items-center rounded-full bg-accent-soft px-1.5 text-xs font-semibold text-accent-strong lg:ml-auto">
          <span className="sr-only">, </span>
          {count > 999 ? '999+' : count}
          <span className="sr-only"> {means}</span>
        </span>
      )}
    </NavLink>
  );
}
