import 'reflect-metadata';
import { Catch, Controller, type ExceptionFilter, type INestMicroservice, Module } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import { AppError } from '@viewora/contracts/errors';
import { RedisStreamsClient } from '@viewora/redis-transport/client';
import type { RedisStreamsContext } from '@viewora/redis-transport/context';
import { RedisStreamsServer } from '@viewora/redis-transport/server';
import { startRedis, type TestRedis } from '@viewora/testkit/redis';
import { concat, firstValueFrom, lastValueFrom, of, throwError, toArray } from 'rxjs';
import { sending, until } from './lab.ts';

const heard: unknown[] = [];

@Catch()
class RethrowFilter implements ExceptionFilter {
  catch(error: unknown) {
    return throwError(() => error);
  }
}

@Controller()
class NestHandlers {
  @MessagePattern('nest.double')
  double(@Payload() n: number) {
    return of(n * 2);
  }

  @MessagePattern('nest.whoami')
  whoami(@Ctx() context: RedisStreamsContext) {
    return context.getCall().actor;
  }

  @MessagePattern('nest.refuse')
  refuse() {
    throw new AppError('conflict', 'already sold', { status: 422 });
  }

  @MessagePattern('nest.crash')
  crash() {
    throw new Error('a secret of the house');
  }

  @MessagePattern('nest.count')
  count(@Payload() to: number) {
    return of(...Array.from({ length: to }, (_, n) => n));
  }

  @MessagePattern('nest.iterate')
  async *iterate(@Payload() to: number) {
    for (let n = 0; n < to; n += 1) yield n;
  }

  @MessagePattern('nest.breakOff')
  breakOff() {
    return concat(
      of('a part'),
      throwError(() => new AppError('too_many_requests', 'enough')),
    );
  }

  // The type arguments choose the untyped overload: the typed one knows no context.
  @EventPattern<string>('nest.happened', {})
  happened(@Payload() payload: unknown, @Ctx() context: RedisStreamsContext) {
    heard.push([payload, context.getEvent()?.version]);
  }
}

@Module({ controllers: [NestHandlers], providers: [{ provide: APP_FILTER, useClass: RethrowFilter }] })
class NestModule {}

let redis: TestRedis;
let app: INestMicroservice;
let client: RedisStreamsClient;

beforeAll(async () => {
  redis = await startRedis();
  const strategy = new RedisStreamsServer({ redisUrl: redis.url, service: 'nest' });
  app = await NestFactory.createMicroservice(NestModule, { strategy, logger: false });
  await app.listen();
  client = new RedisStreamsClient({ redisUrl: redis.url, name: 'tester' });
});
afterAll(async () => {
  await client.close();
  await app.close();
  await redis.stop();
});

function operation(name: string, kind: 'query' | 'command' | 'stream' = 'query') {
  return { kind, name: `nest.${name}`, service: 'nest', timeoutMs: 5_000 } as const;
}

describe('a Nest microservice', () => {
  it('answers Nest’s own send() on behalf of the calling service', async () => {
    expect(await firstValueFrom(client.send('nest.double', 21))).toBe(42);
    expect(await firstValueFrom(client.send(operation('whoami'), {}))).toEqual({ kind: 'service', name: 'tester' });
  });

  it('streams the values of an observable and of an async generator', async () => {
    for (const name of ['count', 'iterate']) {
      const parts = client.send(operation(name, 'stream'), 4).pipe(toArray());
      expect(await lastValueFrom(parts)).toEqual([0, 1, 2, 3]);
    }
  });

  it('answers with the error a handler throws, typed', async () => {
    const call = client.requestText(operation('refuse'), 'null', sending);
    await expect(call).rejects.toBeInstanceOf(AppError);
    await expect(call).rejects.toMatchObject({ code: 'conflict', message: 'already sold', details: { status: 422 } });
  });

  it('says nothing about an error nobody foresaw', async () => {
    const call = client.requestText(operation('crash'), 'null', sending);
    await expect(call).rejects.toMatchObject({ code: 'internal', message: 'Something went wrong' });
  });

  it('ends a stream that fails with the parts so far and the typed error', async () => {
    const parts: unknown[] = [];
    const reading = (async () => {
      const run = client.stream(operation('breakOff', 'stream'), 'null', sending);
      for await (const { text } of run) parts.push(JSON.parse(text));
    })();
    await expect(reading).rejects.toMatchObject({ code: 'too_many_requests' });
    expect(parts).toEqual(['a part']);
  });

  it('answers for an operation it does not have', async () => {
    const call = client.requestText(operation('unheardOf'), 'null', sending);
    await expect(call).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('hears events, emit()’s too', async () => {
    await client.publishEvent({ name: 'nest.happened', service: 'nest' }, '{"n":1}', { version: 3 });
    await lastValueFrom(client.emit('nest.happened', { n: 2 }), { defaultValue: undefined });
    await until(() => heard.length === 2);
    expect(heard).toEqual([
      [{ n: 1 }, 3],
      [{ n: 2 }, undefined],
    ]);
  });
});
