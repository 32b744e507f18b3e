import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:net';
import type { Readable } from 'node:stream';
import type { EmbeddedServer } from './dynamodb.ts';
import { answer } from './mail-inbox.http.ts';
import { MailInboxStore } from './mail-inbox.store.ts';

export interface MailInboxOptions {
  /** Of the page and the JSON. */
  port: number;
  smtpPort: number;
  /** Where mails are kept; created when missing. */
  dataDir: string;
}

const largestBytes = 10 * 1024 * 1024;

/**
 * Starts a mail server on 127.0.0.1 that delivers nothing: it keeps the last 200 mails, whoever they are for, and shows
 * them at `http://localhost:<port>`. For tests: `GET /messages?to=…` lists, newest first, `/messages/:id` has all of one.
 */
export async function startMailInbox({ port, smtpPort, dataDir }: MailInboxOptions): Promise<EmbeddedServer> {
  // Imported here because no other command should wait for them.
  const [{ SMTPServer }, { simpleParser }] = await Promise.all([import('smtp-server'), import('mailparser')]);
  const store = await MailInboxStore.open(dataDir);
  const keep = async (raw: Readable, recipients: string[]): Promise<void> => {
    const parsed = await simpleParser(raw, { skipImageLinks: true, skipTextToHtml: true });
    await store.add({
      from: parsed.from?.text ?? '',
      to: recipients,
      subject: parsed.subject ?? '',
      messageId: parsed.messageId ?? '',
      headers: parsed.headerLines.map(({ line }) => line),
      text: parsed.text ?? '',
      html: parsed.html || '',
    });
  };
  const smtp = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    banner: 'Viewora inbox',
    size: largestBytes,
    closeTimeout: 500,
    logger: false,
    // What was answered with 250 is on disk.
    onData: (stream, { envelope }, callback) => {
      const recipients = envelope.rcptTo.map(({ address }) => address);
      keep(stream, recipients).then(
        () => callback(),
        (error: Error) => callback(error),
      );
    },
  });
  // A client that breaks off is its own business.
  smtp.on('error', () => undefined);
  const page = createServer((request, reply) => answer(store, request, reply));
  await Promise.all([listening(smtp.listen(smtpPort, '127.0.0.1')), listening(page.listen(port, '127.0.0.1'))]);
  return {
    async stop() {
      page.closeAllConnections();
      await Promise.all([
        new Promise<void>((resolve) => smtp.close(() => resolve())),
        new Promise<void>((resolve) => page.close(() => resolve())),
      ]);
    },
  };
}

async function listening(server: Server): Promise<void> {
  await once(server, 'listening');
}
