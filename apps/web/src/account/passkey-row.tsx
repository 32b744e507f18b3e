import type { Passkey } from '@viewora/contracts/sign-in-ways';
import { KeyRound, Pencil, Trash2 } from 'lucide-react';
import { formatAgo, formatDay } from '../format/dates.ts';
import { IconButton } from '../ui/icon-button.tsx';

interface PasskeyRowProps {
  passkey: Passkey;
  onRename: () => void;
  onRemove: () => void;
}

export function PasskeyRow({ passkey: { name, createdAt, lastUsedAt }, onRename, onRemove }: PasskeyRowProps) {
  return (
    <li className="flex items-center gap-3.5 border-b border-hairline py-3 pr-2 pl-4 last:border-b-0">
      <KeyRound size={20} aria-hidden className="shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="text-base font-semibold">{name}</p>
        <p className="text-sm text-muted">
          Added <time dateTime={createdAt}>{formatDay(createdAt)}</time> ·{' '}
          {lastUsedAt === null ? 'never used' : <time dateTime={lastUsedAt}>used {formatAgo(lastUsedAt)}</time>}
        </p>
      </div>
      <div className="flex shrink-0">
        <IconButton label={`Rename ${name}`} onClick={onRename} className="border-transparent bg-transparent">
          <Pencil size={18} aria-hidden />
        </IconButton>
        <IconButton label={`Remove ${name}`} onClick={onRemove} className="border-transparent bg-transparent">
          <Trash2 size={18} aria-hidden />
        </IconButton>
      </div>
    </li>
  );
}
