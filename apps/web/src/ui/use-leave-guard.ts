import { useCallback, useEffect, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';

/** Where somebody wants to go: an address, or so many steps through the history. */
type Destination = { to: string } | { steps: number };

/**
 * Asks before a page with something unsaved is left: by a link, by the back button, or by closing it. Moving about within
 * the page is not leaving. `asked` says that somebody wants to; then either `leave` or `stay`.
 */
export function useLeaveGuard(isOn: boolean): { asked: boolean; leave: () => void; stay: () => void } {
  const navigate = useNavigate();
  const here = useLocation();
  const [destination, setDestination] = useState<Destination | null>(null);
  const isLeaving = useRef(false);
  const step = useRef(0);
  // With every address that the router has taken, the step is another.
  useEffect(() => {
    step.current = stepOf(history.state);
  }, [here]);

  useEffect(() => {
    if (!isOn) return;
    const { pathname } = location;
    let isReturning = false;

    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
      if (!link?.href || link.target || link.origin !== location.origin || !isPlain || isLeaving.current) return;
      if (link.pathname === pathname) return;
      event.preventDefault();
      event.stopPropagation();
      setDestination({ to: link.pathname + link.search + link.hash });
    };
    const onPop = (event: PopStateEvent) => {
      if (!isReturning && (location.pathname === pathname || isLeaving.current)) return;
      // The router must not hear of a step that is taken back.
      event.stopImmediatePropagation();
      if (!isReturning) {
        const steps = stepOf(event.state) - step.current;
        history.go(-steps);
        setDestination({ steps });
      }
      isReturning = !isReturning;
    };
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    document.addEventListener('click', onClick, true);
    addEventListener('popstate', onPop, true);
    addEventListener('beforeunload', onUnload);
    return () => {
      document.removeEventListener('click', onClick, true);
      removeEventListener('popstate', onPop, true);
      removeEventListener('beforeunload', onUnload);
    };
  }, [isOn]);

  const leave = useCallback(() => {
    isLeaving.current = true;
    setDestination(null);
    if (destination && 'to' in destination) navigate(destination.to);
    else if (destination) navigate(destination.steps);
  }, [destination, navigate]);
  return { asked: destination !== null, leave, stay: useCallback(() => setDestination(null), []) };
}

/** The router numbers the entries of the history. */
function stepOf(state: unknown): number {
  return typeof state === 'object' && state !== null && 'idx' in state && typeof state.idx === 'number' ? state.idx : 0;
}
