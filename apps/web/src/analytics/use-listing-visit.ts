import type { ListingDetail } from '@viewora/contracts/listing';
import { useEffect } from 'react';
import { useStepsFromResults } from '../listing/trail.ts';
import { ActiveTime } from './active-time.ts';
import { loadBeacon, record } from './record.ts';

const seenAfterMs = 1_000;
const longestSeconds = 3_600;
const signsOfLife = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchmove', 'scroll'] as const;

/** Counts a look at a home, and for how long. Only what is on the market: a draft is seen by its owner alone. */
export function useListingVisit({ id, status }: Pick<ListingDetail, 'id' | 'status'>): void {
  const steps = useStepsFromResults();
  const isCounted = status === 'published';
  useEffect(() => {
    if (!isCounted) return;
    // Here already when it is needed.
    void loadBeacon();
    return watchVisit(id, steps);
    // The steps are those it was opened with.
  }, [id, isCounted]);
}

function watchVisit(propertyId: string, steps: number): () => void {
  const active = new ActiveTime();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isSeen = false;

  function see(): void {
    isSeen = true;
    const from = steps === 1 ? 'search' : steps > 1 ? 'similar' : null;
    record({ type: 'view', propertyId, ...(from && { data: { from } }) });
  }

  function show(): void {
    active.mark(Date.now());
    if (!isSeen) timer = setTimeout(see, seenAfterMs);
  }

  function hide(): void {
    clearTimeout(timer);
    const seconds = Math.min(active.take(Date.now()), longestSeconds);
    if (isSeen && seconds > 0) record({ type: 'dwell', propertyId, data: { seconds } });
  }

  const turn = () => (document.visibilityState === 'hidden' ? hide() : show());
  const live = () => document.visibilityState === 'visible' && active.mark(Date.now());
  const options = { passive: true, capture: true };
  document.addEventListener('visibilitychange', turn);
  for (const sign of signsOfLife) document.addEventListener(sign, live, options);
  if (document.visibilityState === 'visible') show();
  return () => {
    document.removeEventListener('visibilitychange', turn);
    for (const sign of signsOfLife) document.removeEventListener(sign, live, options);
    hide();
  };
}
