import { htmlEscape } from 'escape-goat';
import type { KeptMail } from './mail-inbox.store.ts';

/** The web app's palette (apps/web/src/theme/theme.css). */
const sheet = `:root { color-scheme: light dark; --paper: #faf7f2; --surface: #fffdf9; --ink: #26221d; --muted: #6a6156; --hairline: #e4dccf; --accent: #a94825 }
@media (prefers-color-scheme: dark) { :root { --paper: #1a1714; --surface: #221e1a; --ink: #f1ebe1; --muted: #ada395; --hairline: #37312a; --accent: #f0a07c } }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 24px 16px 64px; max-width: 820px; background: var(--paper); color: var(--ink); font: 16px/1.55 Inter, system-ui, sans-serif; overflow-wrap: anywhere }
h1 { margin: 0 0 16px; font-size: 20px }
h2 { margin: 24px 0 8px; font-size: 16px }
p, dl { margin: 0 0 16px }
a { color: var(--accent) }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
ol { margin: 0; padding: 0; list-style: none }
li a { display: block; margin: 0 0 8px; padding: 12px 16px; border: 1px solid var(--hairline); border-radius: 12px; background: var(--surface); color: inherit; text-decoration: none }
li a:hover { border-color: var(--accent) }
li strong { display: block }
.muted, dt { color: var(--muted); font-size: 14px }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px }
dd { margin: 0 }
iframe, pre { width: 100%; margin: 0; border: 1px solid var(--hairline); border-radius: 12px; background: var(--surface) }
iframe { height: 640px }
pre { padding: 16px; white-space: pre-wrap; font: 14px/1.45 ui-monospace, monospace }`;

/** Looks every two seconds and changes nothing, so that focus and scrolling stay, while there is nothing new. */
export const script = `const look = async () => {
  const reply = await fetch(location.href).catch(() => null);
  if (!reply?.ok) return;
  const list = new DOMParser().parseFromString(await reply.text(), 'text/html').querySelector('main');
  const shown = document.querySelector('main');
  if (list && shown && list.innerHTML !== shown.innerHTML) shown.replaceChildren(...list.childNodes);
};
setInterval(() => { if (!document.hidden) look(); }, 2000);
document.addEventListener('visibilitychange', () => { if (!document.hidden) look(); });
`;

export function listPage(mails: KeptMail[]): string {
  const items = mails.map(
    ({ id, subject, to, receivedAt }) =>
      htmlEscape`<li><a href="/read/${id}"><strong>${subject || '(no subject)'}</strong><span class="muted">to ${to.join(', ')} · ${at(receivedAt)}</span></a></li>`,
  );
  const list =
    items.length > 0
      ? `<ol>\n${items.join('\n')}\n</ol>`
      : '<p>No mail yet. What Viewora sends from this machine arrives here, and goes nowhere else.</p>';
  return layout(
    'Mail',
    `<h1>Mail</h1>\n<main aria-live="polite">\n${list}\n</main>\n<script src="/inbox.js"></script>`,
  );
}

export function mailPage(mail: KeptMail): string {
  const { id, subject, from, to, receivedAt, messageId, text } = mail;
  const facts = [
    ['From', from],
    ['To', to.join(', ')],
    ['Received', at(receivedAt)],
    ['Message-ID', messageId],
  ].map(([name = '', value = '']) => htmlEscape`<dt>${name}</dt><dd>${value}</dd>`);
  const frame = htmlEscape`<h2>HTML</h2>
<iframe title="The mail as HTML" src="/body/${id}" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`;
  return layout(
    subject,
    `<p><a href="/">All mail</a></p>
<main>
<h1>${htmlEscape(subject || '(no subject)')}</h1>
<dl>${facts.join('')}</dl>
${mail.html === '' ? '' : frame}
<h2>Text</h2>
<pre>${htmlEscape(text)}</pre>
</main>`,
  );
}

/** For the frame: the mail's own HTML as it came, made harmless by the policy it is sent with. Its links leave the frame. */
export function mailBody({ html }: KeptMail): string {
  return `<!doctype html><base target="_blank">${html}`;
}

const at = (iso: string) => `${iso.slice(0, 19).replace('T', ' ')} UTC`;

function layout(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${htmlEscape(title)} · Viewora inbox</title>
<style>${sheet}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
