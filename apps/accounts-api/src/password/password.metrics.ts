import { registry } from '@viewora/service-kit/metrics';
import { Histogram } from 'prom-client';

export const passwordHashSeconds = new Histogram({
  name: 'viewora_password_hash_seconds',
  help: 'Time the hashing of a password took, without its wait',
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  registers: [registry],
});
