// node dist/replay.js mail: puts the mails that were given up back, each with all its tries. For when the cause is gone.
import { env } from './env.ts';
import { MailQueue } from './mail/mail.queue.ts';

const queues = { mail: () => new MailQueue(env) };

const [name = ''] = process.argv.slice(2);
if (!Object.hasOwn(queues, name)) {
  process.stderr.write(`Which queue? ${Object.keys(queues).join(', ')}\n`);
  process.exit(1);
}
const queue = queues[name as keyof typeof queues]();
process.stdout.write(`${await queue.replay()} put back\n`);
await queue.close();
