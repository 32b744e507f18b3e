import { performance } from 'node:perf_hooks';
import { RedisClock } from './redis.clock.ts';

const redisMs = 2_000_000_000_000;

it('follows Redis’s time, however far the host’s clock is off', () => {
  const clock = new RedisClock();
  const now = performance.now();
  clock.sample(redisMs, now - 10, now + 10);
  expect(clock.nowMs()).toBeGreaterThanOrEqual(redisMs);
  expect(clock.nowMs()).toBeLessThan(redisMs + 1_000);
});

it('ignores a reading that took too long to be worth something, except as the first', () => {
  const clock = new RedisClock();
  const now = performance.now();
  clock.sample(redisMs, now - 1_000, now);
  expect(clock.nowMs()).toBeGreaterThan(redisMs);
  clock.sample(redisMs + 60_000, now, now);
  expect(clock.nowMs()).toBeGreaterThanOrEqual(redisMs + 60_000);
  clock.sample(redisMs + 999_000, now - 1_000, now);
  expect(clock.nowMs()).toBeLessThan(redisMs + 61_000);
});
