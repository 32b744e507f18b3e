// One replica of the scheduler's timetable, with lines of the test's own. CLOCK_OFFSET_MS: a clock that is wrong by as much.
import { propertyApi } from '@viewora/contracts/property';
import { RedisStreamsClient } from '@viewora/redis-transport/client';
import { Bus } from '@viewora/service-kit/bus';
import { pino } from 'pino';

const { LINES = '[]', REDIS_URL = '', CLOCK_OFFSET_MS = '0', CONCURRENCY = '4' } = process.env;
const now = Date.now;
Date.now = () => now() + Number(CLOCK_OFFSET_MS);
// What reads the clock is loaded after it was set.
const { TimetableQueue } = await import('../dist/timetable/timetable.queue.js');
const { TimetableWorker } = await import('../dist/timetable/timetable.worker.js');

const lines = JSON.parse(LINES).map((line) => ({
  timeZone: 'UTC',
  missed: 'each',
  why: 'A test',
  sends: { ...propertyApi.cleanUp, timeoutMs: 1_500 },
  ...line,
}));
const options = { REDIS_URL, TIMETABLE_CONCURRENCY: Number(CONCURRENCY), TIMETABLE_RETRY_MS: 50, JOB_LOCK_MS: 600 };
const bus = new Bus(new RedisStreamsClient({ redisUrl: REDIS_URL, name: 'scheduler' }), 'scheduler');
await bus.onModuleInit();
const worker = new TimetableWorker(bus, new TimetableQueue(options), lines, pino(), options);
await worker.onApplicationBootstrap();
process.stdout.write('ready\n');
