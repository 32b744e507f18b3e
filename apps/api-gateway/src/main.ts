import { boot } from '@viewora/service-kit/boot';
import { AppModule } from './app.module.ts';
import { env } from './env.ts';
import { serverOptions } from './http/server-options.ts';

await boot(AppModule, env, { http: serverOptions(env) });
