import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Typed } from './account-steps.ts';
import { MailInbox } from './mail-inbox.ts';
import type { Stack } from './stack.ts';

export function somebody(role: Typed['role'] = 'Buy'): Typed {
  const id = randomUUID().slice(0, 8);
  return { name: `Asha ${id}`, email: `asha.${id}@viewora.test`, password: `seven green lanterns ${id}`, role };
}

/** People with accounts: made by the API, for journeys that begin later. */
export class Members {
  readonly inbox: MailInbox;
  private readonly webUrl: string;

  constructor({ webUrl, mailUrl }: Stack) {
    this.webUrl = webUrl;
    this.inbox = new MailInbox(mailUrl);
  }

  /** Somebody new, whose address is confirmed. */
  async member(role: 'buyer' | 'seller' | 'broker' = 'buyer'): Promise<Typed> {
    const typed = somebody();
    await this.post('/auth/register', { email: typed.email, password: typed.password, name: typed.name, role });
    const [, token] = (await this.inbox.link(typed.email, /confirm/i)).split('#token=');
    await this.post('/auth/verify-email', { token: decodeURIComponent(token ?? '') });
    return typed;
  }

  async post(path: string, body: object): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const reply = await fetch(`${this.webUrl}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    assert.ok(reply.ok, `${path}: ${reply.status} ${await reply.text()}`);
  }
}
