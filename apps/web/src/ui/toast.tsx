import { Toast as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

export interface ToastMessage {
  /** Another number is another toast. */
  key: number;
  text: ReactNode;
  isFailure?: boolean;
  action?: { label: string; run: () => void };
}

interface ToastProps {
  message: ToastMessage | null;
  onClose: () => void;
}

/** Long enough to read it and to reach its button; it waits while a pointer or the focus is on it. */
const shownMs = 12_000;

/** What has just happened, and the way to undo it. F8 leads to it. */
export function Toast({ message, onClose }: ToastProps) {
  return (
    <Radix.Provider swipeDirection="down" duration={shownMs} label="Message">
      {message && (
        <Radix.Root
          key={message.key}
          open
          type={message.isFailure ? 'foreground' : 'background'}
          duration={message.isFailure ? Number.POSITIVE_INFINITY : shownMs}
          onOpenChange={(isOpen) => !isOpen && onClose()}
          className="animate-rise flex flex-wrap items-center justify-end gap-x-3 rounded-card bg-ink py-2 pr-2 pl-4 text-sm text-paper shadow-lift"
        >
          <Radix.Description className="min-w-56 flex-1 py-1.5">{message.text}</Radix.Description>
          {message.action && (
            <Radix.Action
              altText={message.action.label}
              onClick={message.action.run}
              className="min-h-10 shrink-0 rounded-sm px-3 font-semibold underline underline-offset-4"
            >
              {message.action.label}
            </Radix.Action>
          )}
          <Radix.Close className="min-h-10 shrink-0 rounded-sm px-3 font-semibold">Close</Radix.Close>
        </Radix.Root>
      )}
      <Radix.Viewport className="fixed inset-x-3 bottom-[calc(12px+env(safe-area-inset-bottom))] z-50 mx-auto max-w-lg outline-none" />
    </Radix.Provider>
  );
}
