import type { User } from '@viewora/contracts/user';

const roleNames: Record<User['role'], string> = {
  buyer: 'Buyer',
  seller: 'Seller',
  broker: 'Broker',
  admin: 'Administrator',
};

const verificationNotes: Record<User['verification'], string | null> = {
  not_needed: null,
  none: 'not verified yet',
  pending: 'being verified',
  approved: 'verified',
  rejected: 'not verified',
};

/** "Seller, being verified". */
export function roleText({ role, verification }: Pick<User, 'role' | 'verification'>): string {
  return [roleNames[role], verificationNotes[verification]].filter(Boolean).join(', ');
}
