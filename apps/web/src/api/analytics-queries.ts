import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { analyticsApi, type Granularity } from '@viewora/contracts/analytics';
import { ownKey } from '../session/session.ts';
import { call } from './api-client.ts';

/** From a moment, included, to another, not included; both at the beginning of a step. */
export interface TimeWindow {
  from: number;
  to: number;
  granularity: Granularity;
}

const minuteMs = 60_000;
const liveMinutes = 30;
const liveEveryMs = 1_000;
const failedEveryMs = 10_000;

export function insightsQuery(id: string) {
  return queryOptions({
    queryKey: ['insights', id],
    queryFn: ({ signal }) => call(analyticsApi.insights, { id }, { signal }),
  });
}

/** Everything that is told of one listing over time. */
export const figuresKey = (id: string) => [ownKey, 'analytics', id];

export function seriesQuery(id: string, window: TimeWindow) {
  return queryOptions({
    queryKey: [...figuresKey(id), window],
    queryFn: ({ signal }) => listingAnalytics(id, window, signal),
    placeholderData: keepPreviousData,
  });
}

/** The last half hour, asked for again every second as long as somebody looks. */
export function liveQuery(id: string) {
  return queryOptions({
    queryKey: [ownKey, 'live', id],
    queryFn: ({ signal }) => {
      const to = (Math.floor(Date.now() / minuteMs) + 1) * minuteMs;
      return listingAnalytics(id, { from: to - liveMinutes * minuteMs, to, granularity: 'minute' }, signal);
    },
    retry: false,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.status === 'error' ? failedEveryMs : liveEveryMs),
  });
}

function listingAnalytics(id: string, { from, to, granularity }: TimeWindow, signal: AbortSignal) {
  const [start, end] = [from, to].map((at) => new Date(at).toISOString()) as [string, string];
  return call(analyticsApi.listingAnalytics, { id, from: start, to: end, granularity }, { signal });
}
