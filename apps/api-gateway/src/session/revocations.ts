import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { accessTokenSeconds, accountsApi } from '@viewora/contracts/accounts';
import { Bus } from '@viewora/service-kit/bus';
import { LRUCache } from 'lru-cache';

/** As long as a token of an ended session could still pass, and a little more. */
const keptMs = (accessTokenSeconds + 60) * 1_000;

/**
 * The sessions that ended before their tokens did. Each replica holds them all: told by events from its first moment, and asked
 * for once, for what had happened before that.
 */
@Injectable()
export class Revocations implements OnApplicationBootstrap {
  /** Without a limit: to forget one early would let its tokens pass. */
  private readonly ended = new LRUCache<string, true>({ ttl: keptMs, ttlAutopurge: true });
  private before: Promise<void> | undefined;

  constructor(private readonly bus: Bus) {}

  onApplicationBootstrap(): void {
    // Without accounts-api there is nobody to ask; the first request that needs to know asks again.
    this.whenComplete().catch(() => undefined);
  }

  add(sessionIds: readonly string[]): void {
    for (const id of sessionIds) this.ended.set(id, true);
  }

  /** @throws AppError `unavailable` while it is not known what ended before this replica started: it must not guess. */
  async has(sessionId: string): Promise<boolean> {
    await this.whenComplete();
    return this.ended.has(sessionId);
  }

  whenComplete(): Promise<void> {
    this.before ??= this.load().catch((error: unknown) => {
      this.before = undefined;
      throw error;
    });
    return this.before;
  }

  private async load(): Promise<void> {
    const actor = { kind: 'service', name: 'api-gateway' } as const;
    this.add((await this.bus.request(accountsApi.revocations, {}, { actor })).sessionIds);
  }
}
