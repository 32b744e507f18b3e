import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AppError } from '@viewora/contracts/errors';
import type { RateClass } from '@viewora/contracts/service';
import type { FastifyReply } from 'fastify';
import { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { GATEWAY_ENV } from '../env.token.ts';
import type { GatewayEnv } from '../env.ts';

/**
 * Requests a second (a minute, where people sign in, have mails sent or ask the advisor), per client and route class, counted in Redis for all replicas together. While Redis is away each
 * replica counts alone: limits must not take the site down. Who is over the limit is refused from memory.
 */
@Injectable()
export class RateLimit implements OnApplicationShutdown {
  private readonly redis: Redis;
  private readonly limiters: Record<RateClass, RateLimiterRedis>;

  constructor(@Inject(GATEWAY_ENV) env: GatewayEnv) {
    this.redis = new Redis(env.REDIS_URL, {
      enableAutoPipelining: true,
      enableOfflineQueue: false,
      // A Redis that hangs must not hang every request: after this each replica counts alone.
      commandTimeout: 250,
      connectTimeout: 2_000,
      maxRetriesPerRequest: 1,
    });
    // The client reconnects by itself; without a listener its errors would end the process.
    this.redis.on('error', () => undefined);
    this.limiters = {
      read: this.limiter('read', env.RATE_LIMIT_READ),
      write: this.limiter('write', env.RATE_LIMIT_WRITE),
      sign_in: this.limiter('sign_in', env.RATE_LIMIT_SIGN_IN, 60),
      mail: this.limiter('mail', env.RATE_LIMIT_MAIL, 60),
      event: this.limiter('event', env.RATE_LIMIT_EVENT),
      question: this.limiter('question', env.RATE_LIMIT_QUESTION, 60),
    };
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }

  /** Counts a request of an address. See `take`. */
  takeAddress(address: string, rateClass: RateClass, reply: FastifyReply): Promise<void> {
    return this.take(network(address), rateClass, reply);
  }

  /** Counts a request of somebody signed in, whatever networks they come from. See `take`. */
  takeUser(userId: string, rateClass: RateClass, reply: FastifyReply): Promise<void> {
    return this.take(`user:${userId}`, rateClass, reply);
  }

  /** @throws AppError `too_many_requests` with the time to wait; sets the `RateLimit-*` headers either way. */
  private async take(client: string, rateClass: RateClass, reply: FastifyReply): Promise<void> {
    const limiter = this.limiters[rateClass];
    const [result, isRefused] = await limiter.consume(client).then(
      (taken) => [taken, false] as const,
      (refused: unknown) => {
        if (refused instanceof RateLimiterRes) return [refused, true] as const;
        throw refused;
      },
    );
    const resetSeconds = Math.ceil(result.msBeforeNext / 1_000);
    reply.header('ratelimit-limit', limiter.points);
    reply.header('ratelimit-remaining', Math.max(0, result.remainingPoints));
    reply.header('ratelimit-reset', resetSeconds);
    if (isRefused) {
      throw new AppError('too_many_requests', 'Too many requests: slow down', {
        retryAfterSeconds: Math.max(1, resetSeconds),
      });
    }
  }

  private limiter(rateClass: RateClass, points: number, duration = 1): RateLimiterRedis {
    return new RateLimiterRedis({
      storeClient: this.redis,
      keyPrefix: `rate:${rateClass}`,
      points,
      duration,
      inMemoryBlockOnConsumed: points + 1,
      insuranceLimiter: new RateLimiterMemory({ points, duration }),
    });
  }
}

/** Who counts as one: an IPv4 address, or the /64 that one subscriber has of IPv6. */
function network(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const all = [...groups, ...Array.from({ length: missing }, () => '0'), ...(tail ? tail.split(':') : [])];
  return all.slice(0, 4).join(':');
}
