import { AlertDialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { FormFailure } from './form-failure.tsx';
import { useReturnedFocus } from './use-returned-focus.ts';

interface ConfirmDialogProps {
  /** Asks with the name of the thing. */
  title: string;
  children: ReactNode;
  /** What the button does, as a verb; and what it says while it is being done. */
  action: string;
  pending: string;
  /** The way out, where "Cancel" would be read as the thing itself. */
  way?: string;
  isPending: boolean;
  error: Error | null;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks once before what cannot be undone. */
export function ConfirmDialog({
  title,
  children,
  action,
  pending,
  way = 'Cancel',
  isPending,
  error,
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  const returnFocus = useReturnedFocus();
  return (
    <AlertDialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="animate-appear fixed inset-0 z-40 bg-scrim" />
        <AlertDialog.Content
          onCloseAutoFocus={returnFocus}
          className="animate-rise fixed inset-x-5 top-1/2 z-50 mx-auto flex max-w-md -translate-y-1/2 flex-col gap-3 rounded-card border border-hairline bg-surface p-6 shadow-lift"
        >
          <AlertDialog.Title className="text-lg font-semibold text-balance">{title}</AlertDialog.Title>
          <AlertDialog.Description className="text-base text-muted">{children}</AlertDialog.Description>
          {error && <FormFailure error={error} />}
          <div className="mt-3 flex gap-3 *:flex-1 md:justify-end md:*:flex-none">
            <AlertDialog.Cancel asChild>
              <Button>{way}</Button>
            </AlertDialog.Cancel>
            <Button look="primary" aria-disabled={isPending} onClick={() => isPending || onConfirm()}>
              {isPending ? pending : action}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
