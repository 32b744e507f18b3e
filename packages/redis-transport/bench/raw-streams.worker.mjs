// The limit: the least an ioredis program can do over Streams. It reads, answers and deletes; no envelope, no lease, no
// deadline, no slots. What one read brought is answered, acknowledged and deleted in one pipeline.
import { Redis } from 'ioredis';

const { redisUrl } = JSON.parse(process.argv[2]);
const reader = new Redis(redisUrl);
const writer = new Redis(redisUrl);
let handled = 0;
process.on('message', (message) => {
  if (message === 'count') process.send({ handled });
});
await writer.xgroup('CREATE', 'raw', 'workers', '0', 'MKSTREAM').catch(() => undefined);
process.send({ ready: true });
while (true) {
  const id = String(process.pid);
  const reply = await reader.xreadgroup('GROUP', 'workers', id, 'COUNT', 64, 'BLOCK', 5_000, 'STREAMS', 'raw', '>');
  if (!reply) continue;
  const pipeline = writer.pipeline();
  const entries = reply[0][1];
  for (const [, [, call, , body]] of entries) {
    handled += 1;
    pipeline.publish('raw-replies', `${call} ${JSON.stringify(JSON.parse(body))}`);
  }
  const entryIds = entries.map(([entryId]) => entryId);
  pipeline.xack('raw', 'workers', ...entryIds).xdel('raw', ...entryIds);
  pipeline.exec();
}
