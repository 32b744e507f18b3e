import { X } from 'lucide-react';
import { type FocusEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react';

export interface Toast {
  /** What was done, in a word or two: "Saved". */
  text: string;
  /** The way back, or another way on. */
  action?: { label: string; run: () => void };
  /** Something went wrong: it stays until somebody has seen it. */
  isFailure?: boolean;
  /** Called when the toast is gone, and with it the way back; after `action` where that was taken. */
  onGone?: () => void;
}

const showsForMs = 6_000;

/** One at a time: what was done last is what somebody may want to take back. */
let shown: (Toast & { id: number }) | null = null;
let lastId = 0;
const listeners = new Set<() => void>();

function show(toast: typeof shown): void {
  const before = shown;
  shown = toast;
  for (const notify of listeners) notify();
  before?.onGone?.();
}

/** Says for a moment what was done, in place of what was said before; `action` is mostly its undoing. */
export function showToast(toast: Toast): void {
  show({ ...toast, id: ++lastId });
}

export function closeToast(): void {
  show(null);
}

function take({ action, onGone }: Toast): void {
  shown = null;
  for (const notify of listeners) notify();
  action?.run();
  onGone?.();
}

function subscribe(notify: () => void): () => void {
  listeners.add(notify);
  return () => listeners.delete(notify);
}

/**
 * Where toasts appear. Always there, for screen readers say only what comes into a region that they know; and part of the
 * first script, for a toast that tells of a lost connection could not be loaded then.
 */
export function ToastRegion() {
  const toast = useSyncExternalStore(subscribe, () => shown);
  return (
    <div role="status" className="pointer-events-none flex justify-center">
      {toast && <ToastCard key={toast.id} toast={toast} />}
    </div>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  const { text, action, isFailure = false } = toast;
  const card = useRef<HTMLDivElement>(null);
  const cameFrom = useRef<EventTarget | null>(null);
  const [isPointed, setIsPointed] = useState(false);
  const [isFocused, setIsFocused] = useState(false);
  useTimeLimit(isFailure || isPointed || isFocused);

  /** Whoever came into the toast by keyboard goes on where they were. */
  function giveFocusBack(): void {
    const isInside = card.current?.contains(document.activeElement);
    if (isInside && cameFrom.current instanceof HTMLElement) cameFrom.current.focus();
  }

  useEffect(() => {
    function onKeyDown({ key, defaultPrevented }: KeyboardEvent): void {
      // As elsewhere: from anywhere to what was just said, which stands far from where one is.
      if (key === 'F8') card.current?.querySelector('button')?.focus();
      // A dialog that closes by the same key has prevented it.
      if (key !== 'Escape' || defaultPrevented) return;
      giveFocusBack();
      closeToast();
    }
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  });

  function onFocus({ relatedTarget }: FocusEvent): void {
    if (!card.current?.contains(relatedTarget)) cameFrom.current = relatedTarget;
    setIsFocused(true);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing is done with it; only its time stands still
    <div
      ref={card}
      onPointerEnter={() => setIsPointed(true)}
      onPointerLeave={() => setIsPointed(false)}
      onFocus={onFocus}
      onBlur={() => setIsFocused(false)}
      className="animate-rise pointer-events-auto relative z-60 flex min-h-12 max-w-full items-center rounded-card bg-ink pl-4 text-sm text-paper shadow-lift"
    >
      <p className={`min-w-0 py-2.5 ${action || isFailure ? '' : 'pr-4'}`}>{text}</p>
      {action && (
        <button
          type="button"
          title="F8 leads here"
          onClick={() => {
            giveFocusBack();
            take(toast);
          }}
          className="min-h-12 shrink-0 rounded-card px-4 font-semibold underline underline-offset-4 -outline-offset-4 outline-paper!"
        >
          {action.label}
        </button>
      )}
      {isFailure && (
        <button
          type="button"
          aria-label="Close"
          onClick={() => {
            giveFocusBack();
            closeToast();
          }}
          className="grid size-12 shrink-0 place-items-center rounded-card -outline-offset-4 outline-paper!"
        >
          <X size={18} aria-hidden />
        </button>
      )}
    </div>
  );
}

/** Closes the toast when its time is over, which stands still while somebody is at it. */
function useTimeLimit(isHeld: boolean): void {
  const leftMs = useRef(showsForMs);
  useEffect(() => {
    if (isHeld) return;
    const startedAt = Date.now();
    const timer = setTimeout(closeToast, leftMs.current);
    return () => {
      clearTimeout(timer);
      leftMs.current -= Date.now() - startedAt;
    };
  }, [isHeld]);
}
