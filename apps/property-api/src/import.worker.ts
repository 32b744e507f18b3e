import { setPriority } from 'node:os';
import { bootCommand } from '@viewora/service-kit/boot';
import { env } from './env.ts';
import { ImportJobModule } from './listing-import/import-job.module.ts';
import { ImportJobService } from './listing-import/import-job.service.ts';

/** Works at the imports that are due and ends; property-api starts it, and it never outlives that for long. */
const stopped = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopped.abort());
process.once('disconnect', () => stopped.abort());
// Who searches comes first.
setPriority(5);
const app = await bootCommand(ImportJobModule, env);
await app.get(ImportJobService).runAll(stopped.signal, () => process.connected && process.send?.('at it'));
await app.close();
if (process.connected) process.disconnect();
