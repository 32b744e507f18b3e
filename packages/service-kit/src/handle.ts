import { UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import type { Call } from '@viewora/contracts/call';
import type { AnyOperation, EventDefinition, ParsedInputOf, PayloadOf, ReplyOf } from '@viewora/contracts/service';
import type { RedisStreamsContext } from '@viewora/redis-transport/context';
import { from } from 'rxjs';
import { runInCall } from './current-call.ts';
import { ErrorFilter } from './error.filter.ts';
import { parseInput } from './errors.ts';

type Reply<T extends AnyOperation> = T['kind'] extends 'stream'
  ? AsyncIterable<ReplyOf<T>>
  : Promise<ReplyOf<T>> | ReplyOf<T>;
type OperationHandler<T extends AnyOperation> = (input: ParsedInputOf<T>, call: Call) => Reply<T>;
type EventHandler<T extends EventDefinition> = (payload: PayloadOf<T>, call: Call) => Promise<void> | void;

/**
 * Makes a method the handler of an operation. It receives the parsed input and returns the reply (of a stream: its parts);
 * the compiler holds it to the contract. Unknown keys of the message are ignored, so that old and new replicas can talk.
 */
export function Handle<T extends AnyOperation>(operation: T) {
  return <F extends OperationHandler<T>>(target: object, key: string, descriptor: TypedPropertyDescriptor<F>): void => {
    wrap(descriptor, (method, body, call) => {
      const reply = runInCall(call, () => method(parseInput(operation.input, body) as never, call));
      return operation.kind === 'stream' ? from(inCall(call, reply as AsyncIterable<unknown>)) : reply;
    });
    const subscribe = MessagePattern(operation.name) as MethodDecorator;
    attach(target, key, descriptor, subscribe);
  };
}

/** A generator runs in the scope of whoever asks for its next part: each step is asked for in that of its call. */
function inCall(call: Call, parts: AsyncIterable<unknown>): AsyncIterable<unknown> {
  return {
    [Symbol.asyncIterator]() {
      const iterator = parts[Symbol.asyncIterator]();
      return {
        next: () => runInCall(call, () => iterator.next()),
        return: async (value?: unknown) =>
          runInCall(call, () => iterator.return?.(value)) ?? { done: true, value: undefined },
      };
    },
  };
}

/** Makes a method a subscriber of an event: once per service, or on every replica (caches, revocations). */
export function On<T extends EventDefinition>(event: T, { everyReplica = false }: { everyReplica?: boolean } = {}) {
  return <F extends EventHandler<T>>(target: object, key: string, descriptor: TypedPropertyDescriptor<F>): void => {
    wrap(descriptor, (method, body, call) =>
      runInCall(call, () => method(parseInput(event.payload, body) as never, call)),
    );
    const subscribe = EventPattern(event.name, { everyReplica, service: event.service }) as MethodDecorator;
    attach(target, key, descriptor, subscribe);
  };
}

/** Nest's part: the pattern, body and context as arguments, typed errors. */
function attach(target: object, key: string, descriptor: PropertyDescriptor, subscribe: MethodDecorator): void {
  Payload()(target, key, 0);
  Ctx()(target, key, 1);
  UseFilters(ErrorFilter)(target, key, descriptor);
  subscribe(target, key, descriptor);
}

type Method = (input: never, call: Call) => unknown;

function wrap<F extends Method>(
  descriptor: TypedPropertyDescriptor<F>,
  around: (method: Method, body: unknown, call: Call) => unknown,
): void {
  const original = descriptor.value;
  if (!original) throw new Error('only a method can handle a message');
  async function handler(this: unknown, body: unknown, context: RedisStreamsContext): Promise<unknown> {
    return around((input, call) => original?.call(this, input, call), body, context.getCall());
  }
  descriptor.value = handler as unknown as F;
}
