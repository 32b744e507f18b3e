import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { InputOf, Operation } from '@viewora/contracts/service';
import { Bus } from '@viewora/service-kit/bus';
import { LRUCache } from 'lru-cache';
import { GATEWAY_ENV } from '../env.token.ts';
import type { GatewayEnv } from '../env.ts';

export interface CachedReply {
  /** JSON as the service wrote it; never parsed here. */
  text: string;
  etag: string;
}

interface Question {
  operation: Operation;
  input: unknown;
}

/**
 * The micro-cache of public queries: a popular search is asked once a second, however many look at it, and those who ask
 * at the same moment share one answer. When listings change, everything before is out of reach at once.
 */
@Injectable()
export class ReplyCache {
  private epoch = 0;
  private readonly replies: LRUCache<string, CachedReply, Question>;

  constructor(
    private readonly bus: Bus,
    @Inject(GATEWAY_ENV) env: GatewayEnv,
  ) {
    this.replies = new LRUCache({
      maxSize: env.CACHE_MEGABYTES * 1_048_576,
      // Strings of ASCII take a byte a character; names of places make little difference.
      sizeCalculation: ({ text }, key) => text.length + key.length + 200,
      fetchMethod: (_key, _stale, { context }) => this.ask(context),
      ignoreFetchAbort: true,
    });
  }

  /** An operation's reply; from the cache where the contract allows. Throws `AppError`. */
  async reply(question: Question): Promise<CachedReply> {
    const cacheSeconds = question.operation.http?.cacheSeconds;
    if (!cacheSeconds || question.operation.access !== 'public') return this.ask(question);
    const key = `${this.epoch} ${question.operation.name} ${JSON.stringify(question.input)}`;
    const reply = await this.replies.fetch(key, { context: question, ttl: cacheSeconds * 1_000 });
    return reply ?? this.ask(question);
  }

  forget(): void {
    this.epoch++;
  }

  private async ask({ operation, input }: Question): Promise<CachedReply> {
    const text = await this.bus.requestText(operation, input as InputOf<Operation>);
    return { text, etag: `W/"${createHash('sha1').update(text).digest('base64url')}"` };
  }
}
