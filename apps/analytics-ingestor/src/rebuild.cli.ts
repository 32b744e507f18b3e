// node dist/rebuild.cli.js: DynamoDB and Redis again from the archive, to the same numbers. Harmless where nothing is lost.
import { bootCommand } from '@viewora/service-kit/boot';
import { env } from './env.ts';
import { RebuildModule } from './rebuild/rebuild.module.ts';
import { RebuildService } from './rebuild/rebuild.service.ts';

const app = await bootCommand(RebuildModule, env);
const { minutes, events } = await app.get(RebuildService).run(({ minutes, events }) => {
  if (process.stderr.isTTY) process.stderr.write(`\r${minutes} minutes, ${events} events`);
});
process.stdout.write(`rebuilt ${events} events of ${minutes} minutes\n`);
await app.close();
