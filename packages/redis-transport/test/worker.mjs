// One replica as a process of its own, so that tests can kill it for real. It is told what to be by its first argument
// and leaves its marks in Redis, where they survive it.
import { Logger } from '@nestjs/common';
import { RedisOnce } from '@viewora/redis-transport/once';
import { RedisStreamsServer } from '@viewora/redis-transport/server';
import { Redis } from 'ioredis';

// Failing is what most handlers here are for.
Logger.overrideLogger(false);

const options = JSON.parse(process.argv[2]);
const { redisUrl } = options;
const marks = new Redis(redisUrl, { maxRetriesPerRequest: null });
marks.on('error', () => undefined);
const once = new RedisOnce(marks, { prefix: options.service });
const tally = { expired: 0, handled: 0, failed: 0, reclaimed: 0, deadLettered: 0, mostRunning: 0, aborted: 0 };

const server = new RedisStreamsServer({
  ...options,
  observer: {
    handled: () => tally.handled++,
    failed: () => tally.failed++,
    expired: () => tally.expired++,
    reclaimed: (_stream, count) => {
      tally.reclaimed += count;
    },
    deadLettered: () => tally.deadLettered++,
    requested() {},
  },
});

const { replicaId } = server;

/** Waits until the test pushes to the list. */
async function gate(name) {
  const waiter = marks.duplicate();
  await waiter.blpop(name, 0);
  waiter.disconnect();
}

function kill() {
  process.kill(process.pid, 'SIGKILL');
}

const handlers = {
  echo: (body) => ({ ...body, replicaId }),
  call: (_body, context) => {
    const { signal: _, ...call } = context.getCall();
    return call;
  },
  /** Leaves a mark each time it runs. */
  mark: async (body) => {
    tally.mostRunning = Math.max(tally.mostRunning, server.runningCount);
    await marks.hincrby('executions', String(body.n), 1);
    if (body.waitMs) await new Promise((resolve) => setTimeout(resolve, body.waitMs));
    if (body.gate) await gate(body.gate);
    return { n: body.n, replicaId };
  },
  /** Leaves one mark per idempotency key. */
  effect: async (body, context) => {
    const { idempotencyKey } = context.getCall();
    await marks.hincrby('executions', String(body.n), 1);
    const plan = () => ({ commands: [['HINCRBY', 'effects', body.n, 1]], replyText: JSON.stringify({ n: body.n }) });
    const reply = await once.run(idempotencyKey, String(body.n), plan);
    if (body.waitMs) await new Promise((resolve) => setTimeout(resolve, body.waitMs));
    return JSON.parse(reply);
  },
  /** Kills its replica for as long as the test says. */
  poison: async (body) => {
    await marks.hincrby('executions', `poison:${body.n}`, 1);
    if (await marks.exists('poisonous')) kill();
    return { cured: true };
  },
  /** Waits for its caller to give up. */
  patient: async (body, context) => {
    const { signal } = context.getCall();
    await marks.rpush('started', String(body.n));
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    await marks.rpush('aborted', signal.reason.message);
  },
  words: async function* (body, context) {
    const { id, signal } = context.getCall();
    await marks.hincrby('runs', id, 1);
    for (const [index, word] of body.words.entries()) {
      if (word === 'WAIT') await gate(body.gate);
      else if (word === 'DIE') kill();
      else if (word === 'PATIENT') {
        if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
        await marks.rpush('aborted', signal.reason.message);
      } else yield { index, word };
    }
  },
};

for (const [name, handler] of Object.entries(handlers)) {
  server.addHandler(`${options.service}.${name}`, async (body, context) => handler(body, context));
}
if (options.subscribesTo) {
  const heard = async (body, context) => {
    const { id, delivery } = context.getCall();
    if (body.diesOnDelivery === delivery) kill();
    if (body.failsUntilDelivery > delivery) throw new Error('not yet');
    await marks.hincrby(`heard:${options.service}`, id, 1);
  };
  server.addHandler(`${options.subscribesTo}.happened`, heard, true, {});
  const heardHere = async (_body, context) => {
    await marks.hincrby(`heard-by:${replicaId}`, context.getCall().id, 1);
  };
  server.addHandler(`${options.subscribesTo}.happened`, heardHere, true, { everyReplica: true });
}

process.on('message', async (message) => {
  if (message === 'tally') process.send({ tally });
  if (message === 'stop') {
    await server.close();
    process.send({ stopped: true, running: server.runningCount });
    process.exit(0);
  }
});
server.listen((error) => process.send(error ? { error: String(error) } : { ready: true }));
// A test run that was itself killed must not leave its replicas behind.
process.on('disconnect', () => process.exit(1));
