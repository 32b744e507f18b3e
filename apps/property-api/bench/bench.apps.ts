import { join } from 'node:path';
import { freePort } from '@viewora/devstack/ports';
import { type RunningProcess, startProcess } from '@viewora/devstack/processes';
import { repositoryRoot } from '@viewora/devstack/settings';
import { until } from '@viewora/testkit/wait';

export interface BenchApps {
  /** Of the API, without a slash at its end. */
  url: string;
  stop(): Promise<void>;
}

/** property-api behind the gateway, both as they are built, without a limit on requests. */
export async function startApps(databaseUrl: string, redisUrl: string): Promise<BenchApps> {
  const [gatewayPort, propertyPort] = await Promise.all([freePort(), freePort()]);
  const shared = {
    ...process.env,
    NODE_OPTIONS: '',
    NODE_ENV: 'production',
    REDIS_URL: redisUrl,
    LOG_LEVEL: 'error',
    DEFAULT_CURRENCY: 'USD',
  };
  const start = (app: string, env: Record<string, string>): RunningProcess =>
    startProcess({
      name: app,
      command: process.execPath,
      args: ['dist/main.js'],
      cwd: join(repositoryRoot, 'apps', app),
      env: { ...shared, ...env },
    });
  const apps = [
    start('property-api', { PORT: String(propertyPort), DATABASE_URL: databaseUrl }),
    start('api-gateway', { PORT: String(gatewayPort), RATE_LIMIT_READ: '1000000', VISITOR_SECRET: 'x'.repeat(32) }),
  ];
  const root = `http://127.0.0.1:${gatewayPort}`;
  await until(async () => (await fetch(`${root}/readyz`)).ok, { timeoutMs: 60_000, what: 'the gateway to be ready' });
  return {
    url: `${root}/api/v1`,
    async stop() {
      await Promise.all(apps.map((app) => app.stop()));
    },
  };
}
