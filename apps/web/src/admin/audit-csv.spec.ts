import type { AuditEntry } from '@viewora/contracts/admin';
import { auditCsv } from './audit-csv.ts';

const id = '0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a';

function entry(change: Partial<AuditEntry>): AuditEntry {
  return {
    id,
    at: '2026-05-03T10:00:00.000Z',
    actor: { id, name: 'Demo Admin' },
    action: 'user.block',
    target: { kind: 'user', id, label: 'Asha Menon' },
    reason: null,
    ...change,
  };
}

const cells = (change: Partial<AuditEntry>) => auditCsv([entry(change)]).split('\r\n')[1] ?? '';

test('commas, quotes and new lines stay in their cell', () => {
  expect(cells({ reason: 'He said "no",\nand left' })).toMatch(/"He said ""no"",\nand left"$/);
});

test.each(['=HYPERLINK("x")', '+1', '-1', '@SUM(A1)', '\t=1'])('%p is no formula to a spreadsheet', (label) => {
  expect(cells({ target: { kind: 'user', id, label } })).toContain(`"'${label.replaceAll('"', '""')}"`);
});

test('names its columns, and without entries has nothing else', () => {
  expect(auditCsv([])).toBe('at,by,by_id,action,about,about_kind,about_id,reason\r\n');
});
