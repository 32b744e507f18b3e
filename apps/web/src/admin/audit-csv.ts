import type { AuditEntry } from '@viewora/contracts/admin';

const columns: readonly [string, (entry: AuditEntry) => string | null][] = [
  ['at', ({ at }) => at],
  ['by', ({ actor }) => actor.name],
  ['by_id', ({ actor }) => actor.id],
  ['action', ({ action }) => action],
  ['about', ({ target }) => target.label],
  ['about_kind', ({ target }) => target.kind],
  ['about_id', ({ target }) => target.id],
  ['reason', ({ reason }) => reason],
];

/** The entries as a table for other programs (RFC 4180). */
export function auditCsv(entries: readonly AuditEntry[]): string {
  const rows = entries.map((entry) => columns.map(([, read]) => cell(read(entry) ?? '')));
  return [columns.map(([name]) => name), ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

/** Names and reasons are other people's words: a spreadsheet must not take them for a formula (CWE-1236). */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
