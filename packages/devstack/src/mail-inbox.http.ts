import type { IncomingMessage, ServerResponse } from 'node:http';
import { listPage, mailBody, mailPage, script } from './mail-inbox.page.ts';
import type { KeptMail, MailInboxStore } from './mail-inbox.store.ts';

/** Our own pages: one script and one frame of theirs, nothing from elsewhere. */
const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/**
 * A mail's own HTML: no script, no form, nothing loaded, an origin of its own. Its links open in a tab, which is a normal
 * one: that they can be tried is what the inbox is for.
 */
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

interface Page {
  type: string;
  body: string;
  policy?: string;
}

const html = (body: string, policy = pagePolicy): Page => ({ type: 'text/html; charset=utf-8', body, policy });
const json = (body: unknown): Page => ({ type: 'application/json', body: JSON.stringify(body, null, 2) });

/** Answers one request; what there is to be read, anybody on this machine may read. */
export function answer(store: MailInboxStore, { method, url = '/', headers }: IncomingMessage, reply: ServerResponse) {
  // A page elsewhere whose name was pointed at this machine would otherwise read the mails (DNS rebinding).
  if (!/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(headers.host ?? ''))
    return send(reply, 421, json({ code: 'not_here' }));
  if (method !== 'GET') return send(reply, 405, json({ code: 'method_not_allowed' }));
  const page = find(store, new URL(url, 'http://localhost'));
  return page === null ? send(reply, 404, json({ code: 'not_found' })) : send(reply, 200, page);
}

function find(store: MailInboxStore, { pathname, searchParams }: URL): Page | null {
  const to = searchParams.get('to') ?? undefined;
  if (pathname === '/') return html(listPage(store.list(to)));
  if (pathname === '/inbox.js') return { type: 'text/javascript', body: script };
  if (pathname === '/messages') return json({ items: store.list(to).map(summary) });
  const [, kind, id = ''] = /^\/(messages|read|body)\/(\d+)$/.exec(pathname) ?? [];
  const mail = store.find(id);
  if (mail === null) return null;
  if (kind === 'messages') return json(mail);
  return kind === 'read' ? html(mailPage(mail)) : html(mailBody(mail), mailPolicy);
}

function summary({ id, receivedAt, from, to, subject, messageId }: KeptMail) {
  return { id, receivedAt, from, to, subject, messageId };
}

function send(reply: ServerResponse, status: number, { type, body, policy = "default-src 'none'" }: Page): void {
  reply.writeHead(status, {
    'content-type': type,
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  reply.end(body);
}
