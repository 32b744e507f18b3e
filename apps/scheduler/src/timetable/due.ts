import { CronExpressionParser } from 'cron-parser';
import type { Line } from './timetable.ts';

type Times = Pick<Line, 'cron' | 'timeZone' | 'missed'>;

/** What is `skip`ped is so late; a replica that starts needs some seconds. */
const lateMs = 60_000;
/** Of `each`; who was away for longer than that many times gets the latest of them. */
const mostAtOnce = 100;

/**
 * The times of a line that are due and were not sent yet, oldest first.
 * @param last when the line was last sent, ms
 */
export function dueTimes(line: Times, last: number, now: number): number[] {
  const times: number[] = [];
  // From now backwards: what was missed first may be long ago.
  const expression = CronExpressionParser.parse(line.cron, { tz: line.timeZone, currentDate: new Date(now + 1) });
  const most = line.missed === 'each' ? mostAtOnce : 1;
  for (let time = expression.prev().getTime(); time > last && times.length < most; time = expression.prev().getTime())
    times.unshift(time);
  return line.missed === 'skip' ? times.filter((time) => now - time <= lateMs) : times;
}
