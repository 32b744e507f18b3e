import type { Letter } from './letter.ts';

/** A letter as plain text: for programs that show no HTML, and for who prefers it. */
export function letterText(greeting: string, letter: Letter): string {
  const { paragraphs, action, code, facts = [], otherwise } = letter;
  const parts = [greeting, ...paragraphs];
  if (code !== undefined) parts.push(`    ${code}`);
  if (facts.length > 0) parts.push(facts.map(([name, value]) => `${name}: ${value}`).join('\n'));
  if (action !== undefined) parts.push(`${action.label}:\n${action.url}`);
  parts.push(otherwise, '-- \nViewora');
  return `${parts.join('\n\n')}\n`;
}
