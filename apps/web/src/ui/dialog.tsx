import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { IconButton } from './icon-button.tsx';

interface DialogProps {
  title: string;
  /** What it is about, below the title and read with it. */
  lead: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** A small window over the page. When it closes, the focus is where it was. */
export function Dialog({ title, lead, onClose, children }: DialogProps) {
  const [cameFrom] = useState(() => document.activeElement);
  return (
    <Radix.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="animate-appear fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          onCloseAutoFocus={(event) => {
            // Radix would give it to a trigger of its own, and there is none.
            event.preventDefault();
            if (cameFrom instanceof HTMLElement) cameFrom.focus({ preventScroll: true });
          }}
          className="animate-rise scroll-quiet fixed inset-x-3 top-1/2 z-50 mx-auto max-h-[calc(100dvh-24px)] max-w-md -translate-y-1/2 overflow-y-auto rounded-card border border-hairline bg-surface p-6 shadow-lift"
        >
          <div className="mb-1 flex items-start justify-between gap-3">
            <Radix.Title className="text-lg font-semibold text-balance">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label="Close" className="-mt-2 -mr-2 border-transparent bg-transparent">
                <X size={20} aria-hidden />
              </IconButton>
            </Radix.Close>
          </div>
          <Radix.Description className="mb-5 text-base text-muted">{lead}</Radix.Description>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
