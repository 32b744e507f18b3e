import { z } from 'zod';
import { command } from './service.ts';

/** Which time of the timetable has come. */
export const Tick = z.object({ at: z.iso.datetime().describe('When it was due; it may come later') });
export type Tick = z.infer<typeof Tick>;

/** What the scheduler sends when a line of its timetable is due. The work may take minutes, and is done once for each time. */
export function onTick(summary: string) {
  const output = z.object({});
  return command({ summary, access: 'internal', input: Tick, output, timeoutMs: 300_000, expiresInMs: 3_600_000 });
}
