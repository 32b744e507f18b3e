import type { User } from '@viewora/contracts/user';
import {
  BadgeCheck,
  ChartColumn,
  EyeOff,
  Heart,
  House,
  LogOut,
  MessagesSquare,
  Moon,
  Settings,
  ShieldCheck,
  Sun,
  TrendingUp,
} from 'lucide-react';
import type { RefObject } from 'react';
import { Link } from 'react-router';
import { toggleTheme, useTheme } from '../theme/theme-store.ts';
import { AnchoredPanel } from '../ui/anchored-panel.tsx';
import { FormFailure } from '../ui/form-failure.tsx';
import { verificationText } from '../verification/verification-text.ts';
import { useSignOut } from './use-sign-out.ts';

const rowLook =
  'flex min-h-11 w-full items-center gap-3 rounded-sm px-2.5 text-left text-sm font-semibold transition-colors hover:bg-sunken aria-disabled:opacity-70';

interface AccountPanelProps {
  user: User;
  anchor: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

/** What is behind one's initials. Links and buttons, so a panel and not an application's menu. */
export function AccountPanel({ user, anchor, onClose }: AccountPanelProps) {
  const signingOut = useSignOut();
  const isDark = useTheme() === 'dark';
  const verification = verificationText(user);
  return (
    <AnchoredPanel anchor={anchor} label="Your account" onClose={onClose}>
      <div className="border-b border-hairline px-2.5 pb-3">
        <p className="truncate text-base font-semibold">{user.name}</p>
        <p className="truncate text-sm text-muted">{user.email}</p>
      </div>
      <div className="pt-2">
        {verification && (
          <Link to="/verification" onClick={onClose} className={`${rowLook} text-accent`}>
            <BadgeCheck size={18} aria-hidden /> {verification.title}
          </Link>
        )}
        <Link to="/saved" onClick={onClose} className={rowLook}>
          <Heart size={18} aria-hidden /> Saved homes
        </Link>
        <Link to="/advisor" onClick={onClose} className={rowLook}>
          <MessagesSquare size={18} aria-hidden /> Ask the advisor
        </Link>
        <Link to="/trending" onClick={onClose} className={rowLook}>
          <TrendingUp size={18} aria-hidden /> Trending homes
        </Link>
        <Link to="/markets" onClick={onClose} className={rowLook}>
          <ChartColumn size={18} aria-hidden /> What homes cost
        </Link>
        {(user.role === 'seller' || user.role === 'broker') && (
          <Link to="/sell" onClick={onClose} className={rowLook}>
            <House size={18} aria-hidden /> Your listings
          </Link>
        )}
        <Link to="/account" onClick={onClose} className={rowLook}>
          <Settings size={18} aria-hidden /> Account
        </Link>
        <Link to="/privacy" onClick={onClose} className={rowLook}>
          <EyeOff size={18} aria-hidden /> Privacy
        </Link>
        {user.role === 'admin' && (
          <Link to="/admin" onClick={onClose} className={rowLook}>
            <ShieldCheck size={18} aria-hidden /> Administration
          </Link>
        )}
        <button type="button" onClick={toggleTheme} className={rowLook}>
          {isDark ? <Sun size={18} aria-hidden /> : <Moon size={18} aria-hidden />}
          {isDark ? 'Use light colours' : 'Use dark colours'}
        </button>
        <button
          type="button"
          aria-disabled={signingOut.isPending}
          onClick={() => signingOut.isPending || signingOut.mutate()}
          className={rowLook}
        >
          <LogOut size={18} aria-hidden /> {signingOut.isPending ? 'Signing out …' : 'Sign out'}
        </button>
        {signingOut.isError && <FormFailure error={signingOut.error} />}
      </div>
    </AnchoredPanel>
  );
}
