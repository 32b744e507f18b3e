import { MessagesSquare } from 'lucide-react';
import { type RefObject, useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { preloadAdvisor } from '../routes.ts';

interface AskButtonProps {
  button: RefObject<HTMLButtonElement | null>;
  isOpen: boolean;
  onToggle: () => void;
}

/** Opens the advisor beside the search, and closes it; Control or Command with "/" does so from anywhere. */
export function AskButton({ button, isOpen, onToggle }: AskButtonProps) {
  const toggle = useRef(onToggle);
  toggle.current = onToggle;
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== '/' || !(event.ctrlKey || event.metaKey) || event.repeat) return;
      event.preventDefault();
      toggle.current();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
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
      className="flex min-h-10 shrink-0 items-center gap-2 rounded-card border border-hairline bg-surface px-3 text-sm font-semibold transition-colors hover:bg-sunken aria-expanded:border-accent aria-expanded:bg-accent-soft"
    >
      <MessagesSquare size={18} aria-hidden /> Ask
    </button>
  );
}

/** On a phone the advisor has a page to itself; the way there is where a thumb is. */
export function AskLink() {
  return (
    <Link
      to="/advisor"
      onPointerDown={preloadAdvisor}
      className="absolute right-3 bottom-22 z-10 flex min-h-11 items-center gap-2 rounded-full border border-hairline bg-surface px-4 text-sm font-semibold shadow-lift"
    >
      <MessagesSquare size={18} aria-hidden /> Ask
    </Link>
  );
}
