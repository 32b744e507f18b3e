import { useLocation } from 'react-router';

/** What a link to a home carries: how many steps back from it the results are. */
export interface Trail {
  stepsFromResults: number;
}

export const fromResults: Trail = { stepsFromResults: 1 };

/** How many steps back the results are; zero for whoever came by a link. */
export function useStepsFromResults(): number {
  const { state } = useLocation() as { state: unknown };
  if (typeof state !== 'object' || state === null || !('stepsFromResults' in state)) return 0;
  return typeof state.stepsFromResults === 'number' ? state.stepsFromResults : 0;
}

/** For a link from one home to the next: through any number of them, "back to results" still means the results. */
export function useTrailOnwards(): Trail | null {
  const steps = useStepsFromResults();
  return steps > 0 ? { stepsFromResults: steps + 1 } : null;
}
