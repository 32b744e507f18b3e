import type { PublicProfile } from '@viewora/contracts/user';
import { BadgeCheck } from 'lucide-react';
import { formatMonth } from '../format/dates.ts';

/** What somebody is here, whether their papers have been seen, and for how long they have been around. */
export function RoleLine({ profile: { role, isVerified, memberSince } }: { profile: PublicProfile }) {
  return (
    <span className="block text-sm text-muted">
      {isVerified ? (
        <span className="whitespace-nowrap text-better">
          <BadgeCheck size={15} aria-hidden className="-mt-0.5 mr-1 inline" />
          Verified {role}
        </span>
      ) : (
        <span className="inline-block first-letter:uppercase">{role}</span>
      )}
      , here since {formatMonth(memberSince)}
    </span>
  );
}
