import { registry } from '@viewora/service-kit/metrics';
import type { Queue } from 'bullmq';
import { Gauge } from 'prom-client';

const measured: Queue[] = [];

const jobs = new Gauge({
  name: 'viewora_jobs',
  help: 'Jobs by queue and state',
  labelNames: ['queue', 'state'],
  registers: [registry],
  async collect() {
    for (const queue of measured) {
      const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed').catch(() => ({}));
      for (const [state, count] of Object.entries(counts)) jobs.set({ queue: queue.name, state }, count);
    }
  },
});

/** Tells whoever scrapes how many jobs are in which state: the dead letter is `failed`. */
export function measure(queue: Queue): void {
  measured.push(queue);
}
