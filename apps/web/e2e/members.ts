import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { accountsApi } from '@viewora/contracts/accounts';
import { createHttpClient, type HttpInputOf } from '@viewora/contracts/http-client';
import type { Operation, OutputOf } from '@viewora/contracts/service';
import type { Platform } from '@viewora/testkit/platform';
import type { Typed } from './account-steps.ts';
import { MailInbox } from './mail-inbox.ts';

export function somebody(role: Typed['role'] = 'Buy'): Typed {
  const id = randomUUID().slice(0, 8);
  return { name: `Asha ${id}`, email: `asha.${id}@viewora.test`, password: `seven green lanterns ${id}`, role };
}

/** Calls the API; whoever is signed in, on their behalf. */
export type Call = <T extends Operation>(operation: T, input: HttpInputOf<T>) => Promise<OutputOf<T>>;

/** The smallest PDF that is one. */
export const paper = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

/** People with accounts: made by the API, for journeys that begin later. */
export class Members {
  readonly inbox: MailInbox;
  /** Of a visitor. */
  readonly call: Call;
  private readonly webUrl: string;

  constructor({ webUrl, mailUrl }: Platform) {
    this.webUrl = webUrl;
    this.inbox = new MailInbox(mailUrl);
    this.call = createHttpClient({ origin: webUrl });
  }

  /** Somebody new, whose address is confirmed. */
  async member(role: 'buyer' | 'seller' | 'broker' = 'buyer'): Promise<Typed> {
    const typed = somebody();
    const { email, password, name } = typed;
    await this.call(accountsApi.register, { email, password, name, role });
    const [, token] = (await this.inbox.link(email, /confirm/i)).split('#token=');
    await this.call(accountsApi.verifyEmail, { token: decodeURIComponent(token ?? '') });
    return typed;
  }

  /** Opens a session as a page would, the mailed code included where one is asked for. */
  async signIn({ email, password }: Pick<Typed, 'email' | 'password'>): Promise<Call> {
    const send = createHttpClient({ origin: this.webUrl, fetch: fetchWithCookies() });
    await this.inbox.passOver(email);
    const reply = await send(accountsApi.login, { email, password });
    if ('secondFactor' in reply) {
      const code = await this.inbox.code(email);
      await send(accountsApi.secondFactor, { ticket: reply.secondFactor.ticket, method: 'email', code });
    }
    const { csrfToken } = await send(accountsApi.session, {});
    const headers = { 'x-csrf-token': csrfToken ?? '', origin: this.webUrl };
    return (operation, input) => send(operation, input, { headers });
  }
}

/** Hands in an application to sell, with its paper. */
export async function apply(call: Call): Promise<void> {
  const { upload } = await call(accountsApi.addDocument, {
    kind: 'ownership_proof',
    name: 'title-deed.pdf',
    contentType: 'application/pdf',
    bytes: paper.length,
  });
  const reply = await fetch(upload.url, { method: 'PUT', headers: upload.headers, body: paper });
  assert.ok(reply.ok, `the upload was answered ${reply.status}`);
  await call(accountsApi.submitApplication, { message: 'It was my grandmother’s.' });
}

/** A browser's jar: what is set comes along from then on. */
function fetchWithCookies(): typeof fetch {
  const cookies = new Map<string, string>();
  return async (url, init) => {
    const headers = new Headers(init?.headers);
    if (cookies.size > 0) headers.set('cookie', [...cookies].map((pair) => pair.join('=')).join('; '));
    const reply = await fetch(url, { ...init, headers });
    for (const cookie of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    return reply;
  };
}
