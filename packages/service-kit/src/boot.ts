import { type DynamicModule, type INestApplicationContext, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AnyService } from '@viewora/contracts/service';
import { RedisStreamsClient } from '@viewora/redis-transport/client';
import { RedisStreamsServer } from '@viewora/redis-transport/server';
import type { FastifyServerOptions } from 'fastify';
import type { Logger } from 'pino';
import { Bus } from './bus.ts';
import type { AppEnv } from './env.ts';
import { HealthController, metricsController, Readiness } from './health.ts';
import { createLogger, LOGGER, NestLogger } from './logger.ts';
import { startMetrics } from './metrics.ts';
import { startTracing } from './tracing.ts';
import { transportMetrics } from './transport-metrics.ts';

export interface BootOptions {
  /** The contract whose operations this app handles; start-up fails when one has no handler. */
  serves?: AnyService;
  /** How the HTTP server is set up. */
  http?: (logger: Logger) => FastifyServerOptions;
}

/**
 * Starts an app: `boot(AppModule, env, { serves: propertyApi })`. Every service gets the same: the Bus, its handlers on
 * Redis Streams, typed errors, JSON logs with request ids, `/healthz`, `/readyz`, `/metrics`, traces, and a graceful end
 * on SIGTERM and SIGINT. A failed start is logged once and exits with 1.
 */
export async function boot(module: Type, env: AppEnv, options: BootOptions = {}): Promise<NestFastifyApplication> {
  const logger = createLogger(env);
  try {
    return await start(module, env, options, logger);
  } catch (error) {
    logger.fatal({ err: error }, 'could not start');
    process.exit(1);
  }
}

/** The same app for one command on the terminal: no handlers, no HTTP; only warnings are logged, to stderr. */
export async function bootCommand(module: Type, env: AppEnv): Promise<INestApplicationContext> {
  const logger = createLogger({ ...env, LOG_LEVEL: 'warn' }, process.stderr);
  return NestFactory.createApplicationContext(kitModule(module, env, logger), {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
}

async function start(
  module: Type,
  env: AppEnv,
  { serves, http }: BootOptions,
  logger: Logger,
): Promise<NestFastifyApplication> {
  const stopTracing = await startTracing(env);
  startMetrics(env.APP);
  const app = await NestFactory.create<NestFastifyApplication>(
    kitModule(module, env, logger, stopTracing),
    new FastifyAdapter(http?.(logger)),
    {
      logger: new NestLogger(logger),
      abortOnError: false,
    },
  );
  const server = new RedisStreamsServer({
    redisUrl: env.REDIS_URL,
    service: serves?.serviceName ?? env.APP,
    observer: transportMetrics,
    ...(env.REPLICA_ID && { replicaId: env.REPLICA_ID }),
  });
  app.connectMicroservice({ strategy: server });
  app.get(Readiness).add('redis', async () => {
    if (!server.isConnected) throw new Error('not connected');
  });
  app.enableShutdownHooks();
  await app.startAllMicroservices();
  if (serves) checkComplete(serves, server);
  await app.listen(env.PORT, env.HOST);
  logger.info({ port: env.PORT }, 'ready');
  return app;
}

function checkComplete(serves: AnyService, server: RedisStreamsServer): void {
  const operations = Object.values(serves.operations).filter(({ kind }) => kind !== 'event');
  const missing = operations.filter(({ name }) => !server.getHandlerByPattern(name)).map(({ name }) => name);
  if (missing.length > 0) throw new Error(`no handler for ${missing.join(', ')}`);
}

function kitModule(
  module: Type,
  env: AppEnv,
  logger: Logger,
  stopTracing: () => Promise<void> = async () => undefined,
): DynamicModule {
  const client = new RedisStreamsClient({ redisUrl: env.REDIS_URL, name: env.APP, observer: transportMetrics });
  @Module({})
  class KitModule {}
  return {
    module: KitModule,
    global: true,
    imports: [module],
    controllers: [HealthController, metricsController(env.METRICS_TOKEN)],
    providers: [
      { provide: LOGGER, useValue: logger },
      { provide: Bus, useValue: new Bus(client, env.APP) },
      Readiness,
      // The last spans leave before the process does.
      { provide: Symbol('tracing'), useValue: { onApplicationShutdown: stopTracing } },
    ],
    exports: [LOGGER, Bus, Readiness],
  };
}
