import { registry } from '@viewora/service-kit/metrics';
import { Counter, Gauge } from 'prom-client';

export const embeddingsWanted = new Gauge({
  name: 'viewora_embeddings_wanted',
  help: 'Listings whose vectors are still to be made or looked at',
  registers: [registry],
});

export const embeddings = new Counter({
  name: 'viewora_embeddings_total',
  help: 'Listings looked at, by what came of it: made, same, gone, failed',
  labelNames: ['outcome'],
  registers: [registry],
});
