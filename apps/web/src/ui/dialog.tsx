import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from './icon-button.tsx';
import { useReturnedFocus } from './use-returned-focus.ts';

interface DialogProps {
  title: string;
  /** What it is about, below the title and read with it. */
  lead?: ReactNode;
  onClose: () => void;
  /** Of what is shown only once, a slip must not take away the sight: then only a button in it closes it. */
  isHeld?: boolean;
  children: ReactNode;
}

/** A small window over the page. When it closes, the focus is where it was. */
export function Dialog({ title, lead, onClose, isHeld = false, children }: DialogProps) {
  const returnFocus = useReturnedFocus();
  const hold = (event: Event) => isHeld && event.preventDefault();
  return (
    <Radix.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="animate-appear fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          {...(lead ? {} : { 'aria-describedby': undefined })}
          onCloseAutoFocus={returnFocus}
          onEscapeKeyDown={hold}
          onInteractOutside={hold}
          className="animate-rise scroll-quiet fixed inset-x-3 top-1/2 z-50 mx-auto max-h-[calc(100dvh-24px)] max-w-md -translate-y-1/2 overflow-y-auto rounded-card border border-hairline bg-surface p-6 shadow-lift"
        >
          <div className="mb-5">
            <div className="flex items-start justify-between gap-3">
              <Radix.Title className="text-lg font-semibold text-balance">{title}</Radix.Title>
              {!isHeld && (
                <Radix.Close asChild>
                  <IconButton label="Close" className="-mt-2 -mr-2 border-transparent bg-transparent">
                    <X size={20} aria-hidden />
                  </IconButton>
                </Radix.Close>
              )}
            </div>
            {lead && <Radix.Description className="mt-1 text-base text-muted">{lead}</Radix.Description>}
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** What ends a dialog, one beside the other; on a phone as wide as it. */
export function DialogButtons({ children }: { children: ReactNode }) {
  return <div className="flex gap-3 *:flex-1 md:justify-end md:*:flex-none">{children}</div>;
}
