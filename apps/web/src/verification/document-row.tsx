import { FileText, Image, RotateCw, Trash2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { FieldComplaint } from '../ui/form-field.tsx';
import { IconButton } from '../ui/icon-button.tsx';

interface DocumentRowProps {
  name: string;
  contentType: string;
  /** Below its name: its size, or how much of it is there. */
  children: ReactNode;
  complaint?: string | undefined;
  actions?: ReactNode;
}

export function DocumentRow({ name, contentType, children, complaint, actions }: DocumentRowProps) {
  const Icon = contentType === 'application/pdf' ? FileText : Image;
  return (
    <li className="flex items-start gap-3 border-b border-hairline py-3 pr-2 pl-4 last:border-b-0">
      <Icon size={20} aria-hidden className="mt-0.5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm font-semibold">{name}</p>
        <div className="text-sm text-muted">{children}</div>
        {complaint && <FieldComplaint text={complaint} />}
      </div>
      {actions && <div className="-my-1 flex shrink-0">{actions}</div>}
    </li>
  );
}

const bare = 'border-transparent bg-transparent';

export function RemoveButton({ name, onClick }: { name: string; onClick: () => void }) {
  return (
    <IconButton label={`Remove ${name}`} onClick={onClick} className={bare}>
      <Trash2 size={18} aria-hidden />
    </IconButton>
  );
}

export function StopButton({ name, onClick }: { name: string; onClick: () => void }) {
  return (
    <IconButton label={`Stop sending ${name}`} onClick={onClick} className={bare}>
      <X size={18} aria-hidden />
    </IconButton>
  );
}

export function RetryButton({ name, onClick }: { name: string; onClick: () => void }) {
  return (
    <IconButton label={`Send ${name} again`} onClick={onClick} className={bare}>
      <RotateCw size={18} aria-hidden />
    </IconButton>
  );
}
