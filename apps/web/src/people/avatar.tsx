import { UserRound } from 'lucide-react';
import { initials } from '../session/initials.ts';

export function Avatar({ name, className = '' }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden
      className={`grid shrink-0 place-items-center overflow-hidden rounded-full bg-accent-soft font-semibold text-accent-strong ${className}`}
    >
      {initials(name) || <UserRound size={18} aria-hidden />}
    </span>
  );
}
