import { MessagesSquare } from 'lucide-react';
import { type RefObject, useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { preloadAdvisor } from '../routes.ts';

/** Over the map, where it moves nothing, whatever is filtered for. */
const look =
  'absolute right-3 z-10 flex items-center gap-2 rounded-full border border-hairline bg-surface px-4 text-sm font-semibold shadow-lift transition-colors hover:bg-sunken';

interface AskButtonProps {
  button: RefObject<HTMLButtonElement | null>;
  isOpen: boolean;
  onToggle: () => void;
}

/** Opens the advisor beside the search, and closes it. */
export function AskButton({ button, isOpen, onToggle }: AskButtonProps) {
  return (
    <button
      ref={button}
      type="button"
      aria-expanded={isOpen}
      aria-keyshortcuts="Control+/ Meta+/"
      title="Ask the advisor (Ctrl + /)"
      onPointerEnter={preloadAdvisor}
      onFocus={preloadAdvisor}
      onClick={onToggle}
      className={`${look} bottom-9 min-h-10 aria-expanded:border-accent aria-expanded:bg-accent-soft`}
    >
      <MessagesSquare size={18} aria-hidden /> Ask
    </button>
  );
}

/** On a phone the advisor has a page to itself; the way there is where a thumb is. */
export function AskLink() {
  return (
    <Link to="/advisor" onPointerDown={preloadAdvisor} className={`${look} bottom-27 min-h-11`}>
      <MessagesSquare size={18} aria-hidden /> Ask
    </Link>
  );
}

/** Control or Command with "/" does what the button does, from anywhere. */
export function useAskKey(onPress: () => void): void {
  const latest = useRef(onPress);
  latest.current = onPress;
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== '/' || !(event.ctrlKey || event.metaKey) || event.repeat) return;
      event.preventDefault();
      latest.current();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
