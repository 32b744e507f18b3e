import { useLocation } from 'react-router';

/** How many steps back the results are; zero for whoever came by a link. */
export function useStepsFromResults(): number {
  const { state } = useLocation() as { state: unknown };
  if (typeof state !== 'object' || state === null) return 0;
  if ('stepsFromResults' in state && typeof state.stepsFromResults === 'number') return state.stepsFromResults;
  return 'isFromResults' in state ? 1 : 0;
}
