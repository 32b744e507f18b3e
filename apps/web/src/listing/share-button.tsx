import { Check, Share2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../ui/button.tsx';

type Outcome = 'copied' | 'blocked' | null;

const confirmationMs = 3_000;

interface ShareButtonProps {
  title: string;
  /** What is shared; the page as it is, without its search. */
  path?: string;
  /** By a link that was copied, or by the system, which does not say how. */
  onShared?: (channel: 'link' | null) => void;
}

/** Sends something to somebody: by the system's own means, or as a link to paste. */
export function ShareButton({ title, path = window.location.pathname, onShared }: ShareButtonProps) {
  const [outcome, setOutcome] = useState<Outcome>(null);
  const address = window.location.origin + path;
  useEffect(() => {
    if (outcome !== 'copied') return;
    const timer = setTimeout(() => setOutcome(null), confirmationMs);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function share(): Promise<void> {
    if (navigator.share) {
      // Closing the system's sheet rejects as well, and is no failure.
      await navigator.share({ title, url: address }).then(
        () => onShared?.(null),
        () => {},
      );
      return;
    }
    try {
      await navigator.clipboard.writeText(address);
      setOutcome('copied');
      onShared?.('link');
    } catch {
      setOutcome('blocked');
    }
  }

  return (
    <div className="flex-1">
      <Button look="primary" className="w-full" onClick={share}>
        {outcome === 'copied' ? <Check size={16} aria-hidden /> : <Share2 size={16} aria-hidden />}
        {outcome === 'copied' ? 'Link copied' : 'Share'}
      </Button>
      <p role="status" className={outcome === 'blocked' ? 'mt-2 text-sm' : 'sr-only'}>
        {outcome === 'copied' && 'The link has been copied'}
        {outcome === 'blocked' && `Copying is blocked here. The link is ${address}`}
      </p>
    </div>
  );
}
