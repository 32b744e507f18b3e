import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from './icon-button.tsx';

interface FullSheetProps {
  onClose: () => void;
  title: string;
  closeLabel?: string;
  footer: ReactNode;
  children: ReactNode;
}

/** A dialog that is the whole screen of a phone, and a panel at the side of a larger one. */
export function FullSheet({ onClose, title, closeLabel = 'Close filters', footer, children }: FullSheetProps) {
  return (
    <Radix.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="animate-appear fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          className="animate-rise fixed inset-0 z-50 flex flex-col bg-paper md:left-auto md:w-[440px] md:border-l md:border-hairline"
        >
          <div className="flex items-center justify-between border-b border-hairline py-2 pr-2 pl-5">
            <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label={closeLabel} className="border-transparent bg-transparent">
                <X size={20} aria-hidden />
              </IconButton>
            </Radix.Close>
          </div>
          <div className="scroll-quiet min-h-0 flex-1 overflow-y-auto px-5">{children}</div>
          <div className="border-t border-hairline bg-surface px-5 pt-3 pb-[calc(12px+env(safe-area-inset-bottom))]">
            {footer}
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
