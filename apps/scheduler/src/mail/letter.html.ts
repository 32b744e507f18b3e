import { htmlEscape } from 'escape-goat';
import type { Letter } from './letter.ts';

/** The web app's palette (apps/web/src/theme/theme.css): in styles of their own, because many mail programs drop sheets. */
const light = { paper: '#faf7f2', surface: '#fffdf9', ink: '#26221d', muted: '#6a6156', hairline: '#e4dccf' };
const accent = { background: '#a94825', ink: '#fffdf9' };
const font = "font-family:'Inter Variable',Inter,system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif";
const paragraph = `margin:0 0 16px;font-size:16px;line-height:1.55;color:${light.ink}`;

/** For programs that know dark; the others keep the light one, and may darken it by themselves. */
const darkSheet = `@media (prefers-color-scheme: dark) {
.paper { background: #1a1714 !important }
.surface { background: #221e1a !important; border-color: #37312a !important }
.ink { color: #f1ebe1 !important }
.muted { color: #ada395 !important }
.code { background: #13110f !important; color: #f1ebe1 !important }
.action { background: #f0a07c !important; color: #2a140a !important }
}`;

/** A letter as a page without pictures, scripts or anything to load; every value in it is escaped. */
export function letterHtml(greeting: string, letter: Letter): string {
  const { subject, paragraphs, otherwise } = letter;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${htmlEscape(subject)}</title>
<style>${darkSheet}</style>
</head>
<body class="paper" style="margin:0;padding:0;background:${light.paper}">
<table role="presentation" class="paper" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:${light.paper};${font}">
<tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:520px">
<tr><td class="ink" style="padding:0 4px 16px;font-size:16px;font-weight:620;color:${light.ink}">Viewora</td></tr>
<tr><td class="surface" style="padding:28px;border:1px solid ${light.hairline};border-radius:12px;background:${light.surface}">
<h1 class="ink" style="margin:0 0 20px;font-size:20px;line-height:1.3;font-weight:620;color:${light.ink}">${htmlEscape(subject)}</h1>
${[greeting, ...paragraphs].map((text) => htmlEscape`<p class="ink" style="${paragraph}">${text}</p>`).join('\n')}
${[codeHtml(letter), factsHtml(letter), actionHtml(letter)].filter((part) => part !== '').join('\n')}
</td></tr>
<tr><td class="muted" style="padding:16px 4px 0;font-size:14px;line-height:1.45;color:${light.muted}">${htmlEscape(otherwise)}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

function codeHtml({ code }: Letter): string {
  if (code === undefined) return '';
  const style = `margin:0;padding:16px;border-radius:12px;background:#f1ece3;color:${light.ink};font-size:30px;line-height:1.2;font-weight:620;letter-spacing:0.12em;text-align:center`;
  return htmlEscape`<p class="code" style="${style}">${code}</p>`;
}

function factsHtml({ facts = [] }: Letter): string {
  const rows = facts.map(
    ([name, value]) =>
      htmlEscape`<p class="ink" style="${paragraph}"><span class="muted" style="color:${light.muted}">${name}:</span> ${value}</p>`,
  );
  return rows.join('\n');
}

/** The address is also there to be read and copied: buttons do not work everywhere. */
function actionHtml({ action }: Letter): string {
  if (action === undefined) return '';
  const button = `display:inline-block;padding:12px 20px;border-radius:12px;background:${accent.background};color:${accent.ink};font-size:16px;font-weight:620;text-decoration:none`;
  const small = `margin:0;font-size:14px;line-height:1.45;color:${light.muted};word-break:break-all`;
  return htmlEscape`<p style="margin:8px 0 16px"><a class="action" href="${action.url}" style="${button}">${action.label}</a></p>
<p class="muted" style="${small}">${action.url}</p>`;
}
