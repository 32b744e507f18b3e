import { Download, Printer } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { saveFile } from './save-file.ts';

interface RecoveryCodesProps {
  codes: readonly string[];
  onKept: () => void;
}

/** Shown once: only whoever says that they have kept them gets past. */
export function RecoveryCodes({ codes, onKept }: RecoveryCodesProps) {
  const [isKept, setIsKept] = useState(false);
  const id = useId();
  const text = codes.join('\n');
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, []);
  return (
    <Dialog
      title="Your recovery codes"
      lead="Each signs you in once when the app is not at hand. They are shown only now: keep them where you keep what is important."
      onClose={onKept}
      isHeld
    >
      <div data-printed>
        <p className="mb-3 hidden text-lg font-semibold print:block">Recovery codes for Viewora</p>
        <ul className="grid grid-cols-2 gap-x-4 gap-y-1.5 rounded-card border border-hairline bg-sunken px-4 py-4">
          {codes.map((code) => (
            <li key={code} className="text-center text-base font-semibold whitespace-nowrap select-all">
              {code}
            </li>
          ))}
        </ul>
      </div>
      <div className="mt-4 mb-3 flex flex-wrap gap-2 *:flex-auto *:whitespace-nowrap">
        <CopyButton text={text} what="codes" />
        <Button onClick={() => saveFile('viewora-recovery-codes.txt', `${text}\n`, 'text/plain')}>
          <Download size={16} aria-hidden /> Download
        </Button>
        <Button onClick={() => window.print()}>
          <Printer size={16} aria-hidden /> Print
        </Button>
      </div>
      <label htmlFor={id} className="flex min-h-11 cursor-pointer items-center gap-3 text-base">
        <input
          id={id}
          type="checkbox"
          checked={isKept}
          onChange={(event) => setIsKept(event.target.checked)}
          className="size-4.5 shrink-0 accent-accent"
        />
        I have kept them
      </label>
      <Button look="primary" className="mt-3 w-full" disabled={!isKept} onClick={onKept}>
        Done
      </Button>
    </Dialog>
  );
}
