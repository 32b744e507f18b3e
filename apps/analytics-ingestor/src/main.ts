import { analyticsApi } from '@viewora/contracts/analytics';
import { boot } from '@viewora/service-kit/boot';
import { AppModule } from './app.module.ts';
import { env } from './env.ts';

await boot(AppModule, env, { serves: analyticsApi });
