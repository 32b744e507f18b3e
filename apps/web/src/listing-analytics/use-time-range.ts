import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { formatRange, parseRange, type TimeRange } from './time-range.ts';

/** What is shown of time is in the address, so that a reload and a link keep it. */
export function useTimeRange(): [TimeRange, (change: Partial<TimeRange>) => void] {
  const [params, setParams] = useSearchParams();
  const range = parseRange(params);
  return [range, (change) => setParams(formatRange({ ...range, ...change }), { replace: true })];
}

const minuteMs = 60_000;

/** The beginning of this minute: a range moves on with the clock, and not with every look at it. */
export function useMinute(): number {
  const [minute, setMinute] = useState(() => Math.floor(Date.now() / minuteMs));
  useEffect(() => {
    const timer = setTimeout(() => setMinute(Math.floor(Date.now() / minuteMs)), minuteMs - (Date.now() % minuteMs));
    return () => clearTimeout(timer);
  }, [minute]);
  return minute * minuteMs;
}
