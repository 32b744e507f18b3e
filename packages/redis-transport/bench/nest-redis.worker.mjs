// One replica of the peer: Nest's own Redis transport, with its handler called the same way as ours.
import { ServerRedis } from '@nestjs/microservices';

const { host, port } = JSON.parse(process.argv[2]);
const server = new ServerRedis({ host, port });
let handled = 0;
server.addHandler('lab.echo', async (body) => {
  handled += 1;
  return body;
});
process.on('message', (message) => {
  if (message === 'count') process.send({ handled });
});
await server.listen((error) => process.send(error ? { error: String(error) } : { ready: true }));
