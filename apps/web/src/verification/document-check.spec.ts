import { accountsApi } from '@viewora/contracts/accounts';
import { documentLimits } from '@viewora/contracts/application';
import { documentName, fileComplaint, formatBytes } from './document-check.ts';

const file = (over: Partial<File>) => ({ name: 'deed.pdf', type: 'application/pdf', size: 2_000, ...over });

test('what the server takes is not complained of', () => {
  expect(fileComplaint(file({}))).toBeNull();
  expect(fileComplaint(file({ size: documentLimits.bytes }))).toBeNull();
});

test.each([
  [{ type: 'image/svg+xml' }, 'another kind'],
  [{ type: '' }, 'another kind'],
  [{ size: 0 }, 'empty'],
  [{ size: documentLimits.bytes + 1 }, 'larger than 10 MB'],
])('%j is refused before it is sent', (over, said) => {
  expect(fileComplaint(file(over))).toContain(said);
});

test.each([
  ['deed.pdf', 'deed.pdf'],
  ['de\u202Eed\u0000.pdf', 'deed.pdf'],
  ['\u200B', 'Document'],
])('%j is called %j', (name, said) => {
  expect(documentName(name)).toBe(said);
});

test('whatever a file is called, the server takes its name, and a long one keeps its ending', () => {
  const long = documentName(`${'a'.repeat(300)}.pdf`);
  expect(long).toMatch(/^a+….pdf$/);
  for (const name of [long, documentName(' '), documentName('x'.repeat(100))]) {
    const input = { kind: 'ownership_proof', name, contentType: 'application/pdf', bytes: 1 };
    expect(accountsApi.addDocument.input.safeParse(input).success).toBe(true);
  }
});

test('sizes are said as people say them', () => {
  expect(formatBytes(2_000)).toBe('2 kB');
  expect(formatBytes(2.4 * 1024 * 1024)).toBe('2.4 MB');
});
