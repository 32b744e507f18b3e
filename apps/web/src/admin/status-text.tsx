import type { AdminUser, UserStatus } from '@viewora/contracts/admin';
import type { AdminListing } from '@viewora/contracts/moderation';
import { Ban, Check, CircleDashed, Clock, type LucideIcon, X } from 'lucide-react';
import { formatFullDay } from '../format/dates.ts';
import { listingStatusNames, userStatusNames, verificationNames } from './words.ts';

const looks = {
  worse: 'font-semibold text-worse',
  better: 'text-better',
  wanted: 'font-semibold',
  plain: '',
  faint: 'text-muted',
};

interface StatusTextProps {
  icon?: LucideIcon;
  look: keyof typeof looks;
  title?: string | undefined;
  children: string;
}

/** A state, in a word; its sign is for whoever skims. */
export function StatusText({ icon: Icon, look, title, children }: StatusTextProps) {
  return (
    <span title={title} className={`inline-flex items-center gap-1.5 whitespace-nowrap ${looks[look]}`}>
      {Icon && <Icon size={14} aria-hidden className="shrink-0" />}
      {children}
    </span>
  );
}

export function UserStatusText({ user }: { user: AdminUser }) {
  const icons: Partial<Record<UserStatus, LucideIcon>> = { blocked: Ban, unconfirmed: CircleDashed };
  const look = user.status === 'blocked' ? 'worse' : user.status === 'unconfirmed' ? 'faint' : 'plain';
  return (
    <StatusText icon={icons[user.status]} look={look} title={since(user)}>
      {userStatusNames[user.status]}
    </StatusText>
  );
}

export function VerificationText({ verification }: Pick<AdminUser, 'verification'>) {
  const [icon, look] = (
    {
      not_needed: [undefined, 'faint'],
      none: [CircleDashed, 'faint'],
      pending: [Clock, 'wanted'],
      approved: [Check, 'better'],
      rejected: [X, 'worse'],
    } as const
  )[verification];
  return (
    <StatusText icon={icon} look={look}>
      {verificationNames[verification]}
    </StatusText>
  );
}

/** That it is blocked matters more than what it would be. */
export function ListingStatusText({ listing }: { listing: AdminListing }) {
  if (listing.isBlocked)
    return (
      <StatusText icon={Ban} look="worse" title={since(listing)}>
        Blocked
      </StatusText>
    );
  return (
    <StatusText look={listing.status === 'published' ? 'plain' : 'faint'}>
      {listingStatusNames[listing.status]}
    </StatusText>
  );
}

function since({ blockedAt, blockedReason }: Pick<AdminUser, 'blockedAt' | 'blockedReason'>): string | undefined {
  if (!blockedAt) return undefined;
  return [`Since ${formatFullDay(blockedAt)}`, blockedReason].filter(Boolean).join(': ');
}
