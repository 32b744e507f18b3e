import { type RefObject, useLayoutEffect, useRef } from 'react';
import { useLocation } from 'react-router';

/** A page that is opened starts at the top; one that is gone back to is where it was left. */
export function useScrollTrail(): RefObject<HTMLElement | null> {
  const element = useRef<HTMLElement>(null);
  const tops = useRef(new Map<string, number>());
  const { key, pathname } = useLocation();
  const shown = useRef(pathname);
  useLayoutEffect(() => {
    const scrolled = element.current;
    if (!scrolled) return;
    if (shown.current !== pathname) scrolled.scrollTop = tops.current.get(key) ?? 0;
    shown.current = pathname;
    const remember = () => tops.current.set(key, scrolled.scrollTop);
    remember();
    scrolled.addEventListener('scroll', remember, { passive: true });
    return () => scrolled.removeEventListener('scroll', remember);
  }, [key, pathname]);
  return element;
}
