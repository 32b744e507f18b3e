import { registry } from '@viewora/service-kit/metrics';
import { Counter } from 'prom-client';

const events = new Counter({
  name: 'viewora_events_total',
  help: 'Events by what became of them; each once',
  labelNames: ['outcome'],
  registers: [registry],
});

export function countOutcomes(outcomes: ReadonlyMap<string, number>): void {
  for (const [outcome, count] of outcomes) events.inc({ outcome }, count);
}
