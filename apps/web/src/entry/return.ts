import { useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useUser } from '../session/session.ts';
import { nextPath } from './next-path.ts';

/** What a link to signing in carries: the page that it stands on, which is one step back for as long as this is known. */
export interface Departure {
  leftFrom: string;
}

/** Goes back to where the visitor was as soon as they are signed in, here or in another tab. */
export function useReturn(): void {
  const { search, state } = useLocation();
  const navigate = useNavigate();
  const user = useUser();
  const isGone = useRef(false);
  const next = nextPath(search, window.location.origin);
  useEffect(() => {
    if (!user || isGone.current) return;
    isGone.current = true;
    // A step back, not a new page: the way from there back to the results stays what it was.
    if (isDeparture(state) && state.leftFrom === next) navigate(-1);
    else navigate(next, { replace: true });
  }, [user, state, next, navigate]);
}

function isDeparture(state: unknown): state is Departure {
  return typeof state === 'object' && state !== null && 'leftFrom' in state;
}
