import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { figuresKey, insightsQuery, liveQuery } from '../api/analytics-queries.ts';
import { queryClient } from '../api/query-client.ts';

/** However much happens, everything else is asked for again only so often. */
const atMostEveryMs = 3_000;

/** The last half hour as it happens. When something has, all other figures of the page are asked for again. */
export function useLive(id: string) {
  const live = useQuery(liveQuery(id));
  const totals = live.data?.totals;
  const happened = totals && JSON.stringify(totals);
  const known = useRef(happened);
  const askedAt = useRef(0);
  useEffect(() => {
    if (known.current === happened || happened === undefined) return;
    const isFirst = known.current === undefined;
    known.current = happened;
    if (isFirst) return;
    const timer = setTimeout(
      () => {
        askedAt.current = Date.now();
        void queryClient.invalidateQueries({ queryKey: figuresKey(id) });
        void queryClient.invalidateQueries({ queryKey: insightsQuery(id).queryKey });
      },
      Math.max(0, askedAt.current + atMostEveryMs - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [happened, id]);
  return live;
}
