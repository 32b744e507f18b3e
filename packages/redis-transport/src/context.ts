import { BaseRpcContext } from '@nestjs/microservices';
import type { Call } from '@viewora/contracts/call';

/** What an event says beside its payload. */
export interface EventMeta {
  aggregateId?: string;
  /** Of the aggregate after the change; skip a version older than the last one seen. */
  version?: number;
}

/** What a handler gets beside the parsed body (`@Ctx()`). */
export class RedisStreamsContext extends BaseRpcContext<[call: Call, pattern: string, event: EventMeta | undefined]> {
  /** Id, actor, request id, idempotency key, delivery count and the signal that says when to stop. */
  getCall(): Call {
    return this.args[0];
  }

  /** The operation's or event's name. */
  getPattern(): string {
    return this.args[1];
  }

  /** Of an event: the aggregate it is about. */
  getEvent(): EventMeta | undefined {
    return this.args[2];
  }
}
