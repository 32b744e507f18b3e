import type { ArchivedMinute } from '../archive/archive.repository.ts';
import { partitionOf } from '../partition.ts';
import { spanMs } from '../window/span.ts';

/** What an archived minute says that cannot be; null where it agrees with itself. */
export function disagreement({ partition, minute, ledger, events }: ArchivedMinute): string | null {
  const { received = 0, admitted = 0, ...others } = ledger;
  const rest = Object.values(others).reduce((sum, count) => sum + count, 0);
  if (received !== admitted + rest) return `received ${received}, but ${admitted + rest} are accounted for`;
  if (events.length !== admitted) return `${admitted} were admitted, ${events.length} are there`;
  const stray = events.find(({ p, ms }) => partitionOf(p) !== partition || Math.floor(ms / spanMs.minute) !== minute);
  return stray ? 'an event is of another minute or partition' : null;
}

/** Lines of the ledger that have grown otherwise than the archived minutes say; empty where they agree. */
export function ledgerGap(
  before: Record<string, number>,
  after: Record<string, number>,
  archived: Record<string, number>,
): string[] {
  const lines = [...new Set([...Object.keys(after), ...Object.keys(archived)])].sort();
  return lines.flatMap((line) => {
    const grown = (after[line] ?? 0) - (before[line] ?? 0);
    return grown === (archived[line] ?? 0) ? [] : [`${line}: ${grown} by the ledger, ${archived[line] ?? 0} archived`];
  });
}
