import { useEffect, useMemo, useRef, useState } from 'react';

/** A value once it has been still for a while. */
export function useDebounced<T>(value: T, pauseMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return settled;
}

/** A function that runs once its calls have paused, with the last one's argument; never after the page has gone. */
export function useDebouncedCall<T>(run: (argument: T) => void, pauseMs: number): (argument: T) => void {
  const latest = useRef(run);
  latest.current = run;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useMemo(
    () => (argument: T) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => latest.current(argument), pauseMs);
    },
    [pauseMs],
  );
}
