import { useEffect, useReducer } from 'react';

/** Whole seconds until a moment, counted down before one's eyes; 0 once it is there. */
export function useSecondsUntil(atMs: number): number {
  const [, tick] = useReducer((ticks: number) => ticks + 1, 0);
  const left = Math.max(0, Math.ceil((atMs - Date.now()) / 1_000));
  const isOver = left === 0;
  useEffect(() => {
    if (isOver) return;
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [isOver]);
  return left;
}
