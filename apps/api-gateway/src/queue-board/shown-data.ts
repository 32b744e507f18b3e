import type { JobQueue } from '@viewora/contracts/job';

/** What the board shows of a job. Whom a mail is for, and what is in it, is nobody's business who looks after queues. */
export function shownOf(queue: JobQueue, data: unknown): unknown {
  if (queue !== 'mail') return data;
  const { template, to, isSent, requestId } = Object(data) as Record<string, unknown>;
  if (isSent) return { isSent };
  const [, domain = 'none'] = /@([a-z0-9.-]+)$/i.exec(String(to)) ?? [];
  return { template, domain, requestId };
}
