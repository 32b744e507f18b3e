// One replica of ours.
import { RedisStreamsServer } from '@viewora/redis-transport/server';

const { redisUrl } = JSON.parse(process.argv[2]);
const server = new RedisStreamsServer({ redisUrl, service: 'lab' });
let handled = 0;
server.addHandler('lab.echo', async (body) => {
  handled += 1;
  return body;
});
process.on('message', (message) => {
  if (message === 'count') process.send({ handled });
});
server.listen((error) => process.send(error ? { error: String(error) } : { ready: true }));
