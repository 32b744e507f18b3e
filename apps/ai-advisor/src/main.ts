import { advisorApi } from '@viewora/contracts/advisor';
import { boot } from '@viewora/service-kit/boot';
import { AppModule } from './app.module.ts';
import { env } from './env.ts';

await boot(AppModule, env, { serves: advisorApi });
