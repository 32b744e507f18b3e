import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { onFreePort } from '@viewora/testkit/ports';
import { SMTPServer } from 'smtp-server';

export interface Received {
  /** Of the envelope. */
  to: string[];
  /** Headers and body. */
  raw: string;
  messageId: string;
}

/** What the server says to the `count`th mail for one address: 250, a code of its own, or nothing for ever. */
export type Answer = (mail: Received, count: number) => Verdict | Promise<Verdict>;
type Verdict = 'accept' | 'hold' | number;

/** A real mail server that can be told to refuse, to hold its breath, and to go away. */
export class TestSmtp {
  /** All that came whole, whatever was answered. */
  readonly received: Received[] = [];
  answer: Answer = () => 'accept';
  readonly port: number;
  #server: SMTPServer | undefined;

  private constructor(port: number) {
    this.port = port;
  }

  static start(): Promise<TestSmtp> {
    return onFreePort(async (port) => {
      const smtp = new TestSmtp(port);
      await smtp.start();
      return smtp;
    });
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  to(address: string): Received[] {
    return this.received.filter(({ to }) => to.includes(address));
  }

  async start(): Promise<void> {
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      closeTimeout: 100,
      onData: async (stream, { envelope }, callback) => {
        const raw = await text(stream);
        const [, messageId = ''] = /^Message-ID: (.*)\r$/im.exec(raw) ?? [];
        const mail = { to: envelope.rcptTo.map(({ address }) => address), raw, messageId };
        this.received.push(mail);
        const answer = await this.answer(mail, this.to(mail.to[0] ?? '').length);
        if (answer === 'accept') callback();
        else if (answer !== 'hold') callback(Object.assign(new Error('not today'), { responseCode: answer }));
      },
    });
    server.on('error', () => undefined);
    this.#server = server;
    await once(server.listen(this.port, '127.0.0.1'), 'listening');
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#server?.close(() => resolve()));
  }
}
