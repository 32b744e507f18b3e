// node dist/replay.js QUEUE: puts the jobs of a queue that were given up back, each with all its tries. For when the cause is gone.
import { env } from './env.ts';
import { MailQueue } from './mail/mail.queue.ts';
import { replay } from './queue.ts';
import { TimetableQueue } from './timetable/timetable.queue.ts';

const queues = { mail: () => new MailQueue(env), timetable: () => new TimetableQueue(env) };

const [name = ''] = process.argv.slice(2);
if (!Object.hasOwn(queues, name)) {
  process.stderr.write(`Which queue? ${Object.keys(queues).join(', ')}\n`);
  process.exit(1);
}
const opened = queues[name as keyof typeof queues]();
process.stdout.write(`${await replay(opened.queue)} put back\n`);
await opened.close();
