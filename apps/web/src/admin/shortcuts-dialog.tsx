import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { IconButton } from '../ui/icon-button.tsx';
import { useReturnedFocus } from '../ui/use-returned-focus.ts';
import { areShortcutsOn, setShortcutsOn, useShortcuts } from './shortcuts.ts';

const groups = [
  {
    name: 'Everywhere',
    keys: [
      ['?', 'These keys'],
      ['/', 'Search'],
      ['F8', 'To the last notice, to undo'],
    ],
  },
  {
    name: 'In a list',
    keys: [
      ['j', 'Next'],
      ['k', 'Previous'],
      ['Enter', 'Open'],
      ['x', 'Select, or not'],
    ],
  },
  {
    name: 'An application',
    keys: [
      ['a', 'Approve'],
      ['r', 'Reject'],
    ],
  },
  {
    name: 'A report',
    keys: [
      ['u', 'Uphold'],
      ['d', 'Dismiss'],
    ],
  },
] as const;

/** Lists the keys when somebody asks with "?". */
export function ShortcutsDialog() {
  const [isOpen, setIsOpen] = useState(false);
  useShortcuts({ '?': () => setIsOpen(true) });
  return isOpen ? <KeyList onClose={() => setIsOpen(false)} /> : null;
}

function KeyList({ onClose }: { onClose: () => void }) {
  const returnFocus = useReturnedFocus();
  const [isOn, setIsOn] = useState(areShortcutsOn);
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="animate-appear fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={returnFocus}
          className="animate-rise scroll-quiet fixed inset-x-5 top-1/2 z-50 mx-auto max-h-[calc(100dvh-40px)] max-w-xl -translate-y-1/2 overflow-y-auto rounded-card border border-hairline bg-surface p-6 shadow-lift"
        >
          <div className="-mt-2 -mr-2 flex items-center justify-between">
            <Dialog.Title className="text-lg font-semibold">Keys</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close" className="border-transparent bg-transparent">
                <X size={20} aria-hidden />
              </IconButton>
            </Dialog.Close>
          </div>
          <div className="mt-3 grid gap-x-10 gap-y-6 md:grid-cols-2">
            {groups.map(({ name, keys }) => (
              <section key={name}>
                <h3 className="mb-2 text-sm text-muted">{name}</h3>
                <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-2 text-sm">
                  {keys.map(([key, does]) => (
                    <div key={key} className="contents">
                      <dt>
                        <kbd className="inline-grid h-7 min-w-7 place-items-center rounded-sm border border-edge bg-paper px-1.5 font-sans text-xs font-semibold">
                          {key}
                        </kbd>
                      </dt>
                      <dd>{does}</dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
          <label className="mt-6 flex min-h-11 cursor-pointer items-center gap-3 border-t border-hairline pt-4 text-sm">
            <input
              type="checkbox"
              checked={isOn}
              onChange={(event) => {
                setShortcutsOn(event.target.checked);
                setIsOn(event.target.checked);
              }}
              className="size-4 accent-accent"
            />
            Single keys do something
          </label>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
