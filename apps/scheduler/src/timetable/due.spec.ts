import fc from 'fast-check';
import { dueTimes } from './due.ts';

const at = (time: string) => Date.parse(`2026-11-${time}Z`);
const hourly = { cron: '17 * * * *', timeZone: 'UTC' } as const;

describe('what is due', () => {
  const last = at('20T10:17');
  const now = at('20T14:30');

  it('is every time that was missed, in order, where each counts', () => {
    const times = [at('20T11:17'), at('20T12:17'), at('20T13:17'), at('20T14:17')];
    expect(dueTimes({ ...hourly, missed: 'each' }, last, now)).toEqual(times);
  });

  it('is the latest one where only that counts, however late', () => {
    expect(dueTimes({ ...hourly, missed: 'latest' }, last, now)).toEqual([at('20T14:17')]);
  });

  it('is nothing where missed times are left out, but what comes a few seconds late', () => {
    expect(dueTimes({ ...hourly, missed: 'skip' }, last, now)).toEqual([]);
    expect(dueTimes({ ...hourly, missed: 'skip' }, last, at('20T14:17:40'))).toEqual([at('20T14:17')]);
  });

  it('is nothing that was sent already, also when the clock went back', () => {
    expect(dueTimes({ ...hourly, missed: 'each' }, at('20T14:17'), now)).toEqual([]);
    expect(dueTimes({ ...hourly, missed: 'each' }, at('20T14:17'), at('20T09:00'))).toEqual([]);
  });

  it('includes the very moment', () => {
    expect(dueTimes({ ...hourly, missed: 'each' }, last, at('20T11:17'))).toEqual([at('20T11:17')]);
  });

  it('is at most a hundred after a long absence, the latest of them', () => {
    const times = dueTimes({ ...hourly, missed: 'each' }, at('01T00:00'), now);
    expect([times.length, times.at(-1)]).toEqual([100, at('20T14:17')]);
  });

  it('keeps to the clock on the wall where a zone changes it', () => {
    const line = { cron: '30 3 * * *', timeZone: 'Europe/Berlin', missed: 'each' } as const;
    const times = dueTimes(line, Date.parse('2026-10-23T12:00Z'), Date.parse('2026-10-26T12:00Z'));
    expect(times.map((time) => new Date(time).toISOString().slice(5, 16))).toEqual([
      '10-24T01:30',
      '10-25T02:30',
      '10-26T02:30',
    ]);
  });

  it('is each time once, in order, however often and at whichever moments somebody looks, clocks that jump back included', () => {
    const minutes = fc.integer({ min: 0, max: 3_000 });
    fc.assert(
      fc.property(fc.array(minutes, { minLength: 1, maxLength: 30 }), (looks) => {
        const begin = at('20T00:00');
        let sentUntil = begin;
        const sent: number[] = [];
        for (const look of looks) {
          for (const time of dueTimes({ ...hourly, missed: 'each' }, sentUntil, begin + look * 60_000)) {
            sent.push(time);
            sentUntil = Math.max(sentUntil, time);
          }
        }
        const hours = Math.floor((Math.max(...looks) - 17) / 60) + 1;
        expect(sent).toEqual(Array.from({ length: hours }, (_, i) => begin + (17 + 60 * i) * 60_000));
      }),
      { numRuns: 40 },
    );
  });
});
