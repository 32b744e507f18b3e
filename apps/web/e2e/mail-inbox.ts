import { setTimeout as pause } from 'node:timers/promises';

const arrivesWithinMs = 30_000;
const everyMs = 200;

interface Mail {
  id: string;
  subject: string;
  text: string;
}

/** The inbox that catches every mail of the stack. */
export class MailInbox {
  /** Mails that somebody has been handed already: the next one is a new one. */
  private readonly read = new Set<string>();
  private readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  /** The path, with its fragment, of the link in the next mail to this address that is about the subject. */
  async link(to: string, subject: RegExp): Promise<string> {
    const { text } = await this.next(to, subject);
    const [, path] = /https?:\/\/[^/\s]+(\/\S*#token=\S+)/.exec(text) ?? [];
    if (path === undefined) throw new Error(`No link in:\n${text}`);
    return path;
  }

  async code(to: string): Promise<string> {
    const { text } = await this.next(to, /code/i);
    const [code] = /\b\d{6}\b/.exec(text) ?? [];
    if (code === undefined) throw new Error(`No code in:\n${text}`);
    return code;
  }

  /** What has come so far is not what is waited for from now on: another file's tests may have asked for it. */
  async passOver(to: string): Promise<void> {
    for (const { id } of await this.mailsTo(to)) this.read.add(id);
  }

  private async mailsTo(to: string): Promise<Mail[]> {
    const { items } = (await this.get(`/messages?to=${encodeURIComponent(to)}`)) as { items: Mail[] };
    return items;
  }

  private async next(to: string, subject: RegExp): Promise<Mail> {
    const deadline = Date.now() + arrivesWithinMs;
    while (Date.now() < deadline) {
      const found = (await this.mailsTo(to)).find((mail) => subject.test(mail.subject) && !this.read.has(mail.id));
      if (found) {
        this.read.add(found.id);
        return (await this.get(`/messages/${found.id}`)) as Mail;
      }
      await pause(everyMs);
    }
    throw new Error(`No mail to ${to} about ${subject} within ${arrivesWithinMs / 1_000} s`);
  }

  private async get(path: string): Promise<unknown> {
    const reply = await fetch(this.url + path);
    if (!reply.ok) throw new Error(`The inbox answered ${reply.status}`);
    return reply.json();
  }
}
