import type { Redis } from 'ioredis';

/**
 * The channels one client process listens to. ioredis would restore subscriptions in its own time; here the client must
 * know when replies can reach it again, so they are restored by hand and `isListening` says so.
 */
export class ClientSubscriber {
  readonly #redis: Redis;
  readonly #listeners = new Map<string, Set<(message: string) => void>>();
  #isListening = false;

  constructor(redis: Redis, callbacks: { listening(): void; lost(): void }) {
    this.#redis = redis;
    redis.on('message', (channel: string, message: string) => {
      for (const listener of this.#listeners.get(channel) ?? []) listener(message);
    });
    redis.on('ready', () => {
      redis.subscribe(...this.#listeners.keys()).then(
        () => {
          this.#isListening = true;
          callbacks.listening();
        },
        () => redis.disconnect(true),
      );
    });
    redis.on('close', () => {
      this.#isListening = false;
      callbacks.lost();
    });
  }

  get isListening(): boolean {
    return this.#isListening;
  }

  /** Resolves once Redis has confirmed the subscription; rejects while it is away. */
  async add(channel: string, listener: (message: string) => void): Promise<void> {
    const listeners = this.#listeners.get(channel);
    if (listeners) {
      listeners.add(listener);
      return;
    }
    this.#listeners.set(channel, new Set([listener]));
    try {
      if (this.#redis.status !== 'wait') await this.#redis.subscribe(channel);
    } catch (error) {
      this.remove(channel, listener);
      throw error;
    }
  }

  remove(channel: string, listener: (message: string) => void): void {
    const listeners = this.#listeners.get(channel);
    listeners?.delete(listener);
    if (listeners?.size !== 0) return;
    this.#listeners.delete(channel);
    this.#redis.unsubscribe(channel).catch(() => undefined);
  }
}
