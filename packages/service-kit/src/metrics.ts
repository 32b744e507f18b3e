import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Where an app's metrics live. One a process: Prometheus scrapes processes. */
export const registry = new Registry();

const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export const messageSeconds = new Histogram({
  name: 'viewora_message_seconds',
  help: 'Time a message took in its handler',
  labelNames: ['pattern', 'outcome'],
  buckets: secondsBuckets,
  registers: [registry],
});

export const requestSeconds = new Histogram({
  name: 'viewora_request_seconds',
  help: 'Time until a request to another service was answered',
  labelNames: ['pattern', 'outcome'],
  buckets: secondsBuckets,
  registers: [registry],
});

export const messagesDropped = new Counter({
  name: 'viewora_messages_dropped_total',
  help: 'Messages not handled on first delivery, by reason',
  labelNames: ['pattern', 'reason'],
  registers: [registry],
});

export const httpSeconds = new Histogram({
  name: 'viewora_http_seconds',
  help: 'Time an HTTP request took',
  labelNames: ['method', 'route', 'status'],
  buckets: secondsBuckets,
  registers: [registry],
});

export function startMetrics(app: string): void {
  registry.setDefaultLabels({ app });
  collectDefaultMetrics({ register: registry });
}
