// What a rush of sign-ins costs: attempts in parallel by as many people through gateway and accounts-api, beside the bare hashes they
// need (the peer); and what many tabs of one browser do that all renew its session at once. It asserts nothing.
import { argon2, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { freePort } from '@viewora/devstack/ports';
import { type RunningProcess, runProcess, startProcess } from '@viewora/devstack/processes';
import { repositoryRoot } from '@viewora/devstack/settings';
import { startPostgres } from '@viewora/testkit/postgres';
import { startRedis } from '@viewora/testkit/redis';
import { until } from '@viewora/testkit/wait';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '5' },
    tabs: { type: 'string', default: '50' },
  },
});
const people = Number(values.people);
const password = 'tulip-anvil-94-mango';
const web = 'http://localhost:5173';
const never = new AbortController().signal;
const derive = promisify(argon2);

interface Round {
  perSecond: number;
  p50: number;
  p99: number;
  /** Told to come back later. */
  turnedAway: number;
}

/** As many at once as there are people, each again and again until the time is over. */
async function measure(attempt: (person: number) => Promise<boolean>): Promise<Round> {
  const took: number[] = [];
  let turnedAway = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + Number(values.seconds) * 1_000;
  await Promise.all(
    Array.from({ length: people }, async (_, person) => {
      while (performance.now() < endsAt) {
        const begunAt = performance.now();
        if (await attempt(person)) took.push(performance.now() - begunAt);
        else turnedAway++;
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { perSecond: took.length / seconds, p50: at(0.5), p99: at(0.99), turnedAway };
}

/** The hash alone, as accounts-api makes it; Node's thread pool bounds how many run at once. */
async function hashAlone(): Promise<boolean> {
  const parameters = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
  await derive('argon2id', { message: password, nonce: randomBytes(16), ...parameters });
  return true;
}

const emailOf = (person: number) => `person-${person}@viewora.test`;

/** @throws Error for every answer but a session and "come back later". */
function signInAt(gateway: string) {
  return async (person: number): Promise<boolean> => {
    const reply = await post(`${gateway}/api/v1/auth/login`, { email: emailOf(person), password });
    await reply.arrayBuffer();
    if (reply.status !== 200 && reply.status !== 503) throw new Error(`Signing in was answered by ${reply.status}`);
    return reply.ok;
  };
}

function post(url: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  const all = { 'content-type': 'application/json', origin: web, 'user-agent': 'bench', ...headers };
  return fetch(url, { method: 'POST', headers: all, body: JSON.stringify(body) });
}

/** Every tab finds the session out of date at the same moment; then each goes on with what it has got. */
async function renewInTabs(gateway: string, tabs: number) {
  const signedIn = await post(`${gateway}/api/v1/auth/login`, { email: emailOf(0), password });
  const renew = (cookie: string) => post(`${gateway}/api/v1/auth/refresh`, {}, { cookie });
  const replies = await Promise.all(Array.from({ length: tabs }, () => renew(cookiesOf(signedIn))));
  const cookies = replies.filter(({ ok }) => ok).map(cookiesOf);
  const successors = new Set(cookies.map((cookie) => /-refresh=([^;]+)/.exec(cookie)?.[1]));
  const next = await renew(cookies[0] ?? '');
  return { renewed: cookies.length, successors: successors.size, loggedOut: tabs - cookies.length + Number(!next.ok) };
}

function cookiesOf(reply: Response): string {
  return reply.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

function median(figures: number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}

/** The most that a process ever had in memory, MB (Linux). */
async function peakMegabytes({ pid }: RunningProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1_024);
}

async function addPeople(folder: string, env: Record<string, string>): Promise<void> {
  const file = join(folder, 'people.json');
  const all = Array.from({ length: people }, (_, i) => ({
    email: emailOf(i),
    name: `Person ${i}`,
    role: 'buyer',
    password,
  }));
  await writeFile(file, JSON.stringify(all));
  for (const args of [['dist/migrate.js'], ['dist/add-users.cli.js', file]]) {
    const cwd = join(repositoryRoot, 'apps', 'accounts-api');
    await runProcess(
      { name: args[0] ?? '', command: process.execPath, args, env: { ...process.env, ...env }, cwd },
      never,
    );
  }
}

const folder = await mkdtemp(join(tmpdir(), 'viewora-bench-'));
const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
const running: RunningProcess[] = [];
try {
  const env = {
    NODE_OPTIONS: '',
    NODE_ENV: 'production',
    LOG_LEVEL: 'error',
    REDIS_URL: redis.url,
    DATABASE_URL: await postgres.createServiceDatabase('accounts'),
    ACCOUNTS_SECRET: randomBytes(32).toString('base64'),
    MAIL_SECRET: randomBytes(32).toString('base64'),
  };
  await addPeople(folder, env);
  const [accountsPort, gatewayPort] = await Promise.all([freePort(), freePort()]);
  const start = (app: string, own: Record<string, string>) => {
    const cwd = join(repositoryRoot, 'apps', app);
    const all = { ...process.env, ...env, ...own };
    const started = startProcess({ name: app, command: process.execPath, args: ['dist/main.js'], cwd, env: all });
    running.push(started);
    return started;
  };
  const accounts = start('accounts-api', { PORT: String(accountsPort) });
  start('api-gateway', {
    PORT: String(gatewayPort),
    RATE_LIMIT_SIGN_IN: '1000000',
    RATE_LIMIT_WRITE: '1000000',
    VISITOR_SECRET: 'x'.repeat(32),
  });
  const gateway = `http://127.0.0.1:${gatewayPort}`;
  const signIn = signInAt(gateway);
  await until(async () => signIn(0).catch(() => false), { timeoutMs: 60_000, what: 'a first sign-in' });
  const idleMegabytes = await peakMegabytes(accounts);

  const subjects = [
    { name: 'the hash alone (peer)', attempt: hashAlone, rounds: [] as Round[] },
    { name: 'gateway → Streams → accounts-api', attempt: signIn, rounds: [] as Round[] },
  ];
  // The first round warms up and is not counted.
  for (let round = 0; round <= Number(values.rounds); round++) {
    for (const subject of subjects) {
      const result = await measure(subject.attempt);
      if (round > 0) subject.rounds.push(result);
    }
  }
  const peer = median(subjects[0]?.rounds.map(({ perSecond }) => perSecond) ?? []);
  console.table(
    subjects.map(({ name, rounds }) => ({
      [`sign-ins, ${people} at once`]: name,
      'a second': Math.round(median(rounds.map(({ perSecond }) => perSecond))),
      'p50 ms': Math.round(median(rounds.map(({ p50 }) => p50))),
      'p99 ms': Math.round(median(rounds.map(({ p99 }) => p99))),
      'turned away': median(rounds.map(({ turnedAway }) => turnedAway)),
      'x peer': (median(rounds.map(({ perSecond }) => perSecond)) / peer).toFixed(2),
    })),
  );
  console.log(`accounts-api: ${idleMegabytes} MB after its start, at most ${await peakMegabytes(accounts)} MB`);
  const { renewed, successors, loggedOut } = await renewInTabs(gateway, Number(values.tabs));
  console.log(
    `${values.tabs} tabs renew at once: ${renewed} renewed, ${successors} successor, ${loggedOut} logged out`,
  );
} finally {
  await Promise.all(running.map((each) => each.stop()));
  await Promise.all([postgres.stop(), redis.stop(), rm(folder, { recursive: true, force: true })]);
}
process.exit(0);
