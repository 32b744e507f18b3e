import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './button.tsx';

const confirmationMs = 3_000;

interface CopyButtonProps {
  text: string;
  /** What is copied: "key", "codes". */
  what: string;
}

export function CopyButton({ text, what }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'copied' | 'blocked' | null>(null);
  const Icon = outcome === 'copied' ? Check : Copy;
  useEffect(() => {
    if (outcome !== 'copied') return;
    const timer = setTimeout(() => setOutcome(null), confirmationMs);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('blocked');
    }
  }

  return (
    <>
      <Button onClick={copy}>
        <Icon size={16} aria-hidden /> {outcome === 'copied' ? 'Copied' : `Copy ${what}`}
      </Button>
      <span role="status" className={outcome === 'blocked' ? 'text-sm' : 'sr-only'}>
        {outcome === 'copied' && `The ${what} has been copied`}
        {outcome === 'blocked' && `Copying is blocked here: mark the ${what} and copy by hand.`}
      </span>
    </>
  );
}
