import { useLayoutEffect, useRef } from 'react';

/**
 * Brings the latest question to the top of what scrolls, once, when it comes: its answer grows below it, and nothing that is
 * read moves.
 */
export function useLatestInView(key: string | undefined) {
  const scroller = useRef<HTMLDivElement>(null);
  const isFirst = useRef(true);
  useLayoutEffect(() => {
    if (key === undefined) return;
    const latest = scroller.current?.querySelector(`[data-turn="${key}"]`);
    const isCalm = isFirst.current || matchMedia('(prefers-reduced-motion: reduce)').matches;
    latest?.scrollIntoView({ block: 'start', behavior: isCalm ? 'instant' : 'smooth' });
    isFirst.current = false;
  }, [key]);
  return scroller;
}
