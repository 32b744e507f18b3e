import type { Session } from '@viewora/contracts/user';
import { Monitor, Smartphone } from 'lucide-react';
import { formatAgo } from '../format/dates.ts';
import { Button } from '../ui/button.tsx';

interface SessionRowProps {
  session: Session;
  onEnd: () => void;
}

export function SessionRow({ session: { device, place, lastSeenAt, isCurrent }, onEnd }: SessionRowProps) {
  const Icon = /android|ios|iphone|ipad/i.test(device) ? Smartphone : Monitor;
  return (
    <li className="flex items-center gap-3.5 border-b border-hairline py-3 pr-3 pl-4 last:border-b-0">
      <Icon size={20} aria-hidden className="shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="text-base font-semibold">{device}</p>
        <p className="text-sm text-muted">
          {isCurrent ? 'This device' : <time dateTime={lastSeenAt}>Seen {formatAgo(lastSeenAt)}</time>} · {place}
        </p>
      </div>
      {!isCurrent && (
        <Button look="quiet" aria-label={`Sign out ${device}`} onClick={onEnd} className="shrink-0 px-3">
          Sign out
        </Button>
      )}
    </li>
  );
}
