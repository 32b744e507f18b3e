import { registry } from '@viewora/service-kit/metrics';
import { Counter, Histogram } from 'prom-client';

export const modelSeconds = new Histogram({
  name: 'viewora_model_seconds',
  help: 'Time a call of the language model took, all tries included',
  labelNames: ['operation', 'outcome'],
  buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30],
  registers: [registry],
});

export const modelCache = new Counter({
  name: 'viewora_model_cache_total',
  help: 'Calls of the language model by where their answer came from: kept, joined while it was under way, or asked for',
  labelNames: ['outcome'],
  registers: [registry],
});

export const modelTokens = new Counter({
  name: 'viewora_model_tokens_total',
  help: 'Tokens of whole answers, by what they were for: input or output',
  labelNames: ['kind'],
  registers: [registry],
});
