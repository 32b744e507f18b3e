import { accountsApi } from '@viewora/contracts/accounts';
import { AlertDialog } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { Button } from '../ui/button.tsx';
import { Form } from '../ui/form.tsx';
import { FormTextArea } from '../ui/form-text-area.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { useReturnedFocus } from '../ui/use-returned-focus.ts';
import { refusal } from './block-acts.ts';

const schema = accountsApi.blockUser.input.pick({ reason: true });

interface ReasonDialogProps {
  /** Asks with the name of the thing. */
  title: string;
  /** What will happen. */
  children: ReactNode;
  label?: string;
  /** Common reasons, to begin from. */
  picks: readonly string[];
  /** What the button does, as a verb; and what it says while it is being done. */
  action: string;
  pending: string;
  /** Above the reason: what else has to be chosen. */
  fields?: ReactNode;
  send: (reason: string) => Promise<void> | void;
  onClose: () => void;
}

/** Asks why, before something that somebody else will read about. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { title, children, label = 'Reason', picks, action, pending, fields, send, onClose } = props;
  const field = useRef<HTMLDivElement>(null);
  const returnFocus = useReturnedFocus();
  const textArea = () => field.current?.querySelector('textarea');

  function pick(reason: string): void {
    const area = textArea();
    if (!area) return;
    area.value = reason;
    // As if it had been typed: what was wrong with an empty field no longer is.
    area.dispatchEvent(new Event('input', { bubbles: true }));
    area.focus();
  }

  return (
    <AlertDialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="animate-appear fixed inset-0 z-40 bg-scrim" />
        <AlertDialog.Content
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            textArea()?.focus();
          }}
          onCloseAutoFocus={returnFocus}
          className="animate-rise scroll-quiet fixed inset-x-4 top-1/2 z-50 mx-auto max-h-[calc(100dvh-32px)] max-w-lg -translate-y-1/2 overflow-y-auto rounded-card border border-hairline bg-surface p-5 shadow-lift md:p-6"
        >
          <AlertDialog.Title className="text-lg font-semibold text-balance">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mt-1 mb-4 text-base text-muted">{children}</div>
          </AlertDialog.Description>
          <Form
            schema={schema}
            explain={refusal}
            send={async ({ reason }) => send(reason)}
            footer={
              <div className="flex gap-3 *:flex-1 md:justify-end md:*:flex-none">
                <AlertDialog.Cancel asChild>
                  <Button>Cancel</Button>
                </AlertDialog.Cancel>
                <SubmitButton pending={pending}>{action}</SubmitButton>
              </div>
            }
          >
            {fields}
            <div ref={field}>
              <FormTextArea name="reason" label={label} maxLength={1_000} />
              <ul aria-label="Common reasons" className="mt-2.5 flex flex-wrap gap-2">
                {picks.map((reason) => (
                  <li key={reason}>
                    <button
                      type="button"
                      onClick={() => pick(reason)}
                      className="min-h-11 rounded-card border border-hairline bg-paper px-3 py-1.5 text-left text-sm md:min-h-9 transition-colors hover:border-edge"
                    >
                      {reason}
                    </button>
                  </li>
                ))}
              </ul>
            </div>
          </Form>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
