import { parse } from 'content-disposition';
import { attachmentOf } from './document.name.ts';

const nameOf = (name: string, type = 'application/pdf') => parse(attachmentOf(name, type)).parameters.filename;

test.each([
  ['licence.pdf', 'licence.pdf'],
  ['Licence (2).PDF', 'Licence (2).PDF'],
  ['पट्टा.pdf', 'पट्टा.pdf'],
  ['invoice.exe', 'invoice.exe.pdf'],
  ['../../etc/passwd', '_.._etc_passwd.pdf'],
  ['C:\\evil.bat', 'C__evil.bat.pdf'],
  ['a"; filename="evil.exe', 'a__ filename__evil.exe.pdf'],
  ['a\r\nSet-Cookie: x=1', 'a__Set-Cookie_ x_1.pdf'],
  ['...', 'document.pdf'],
  ['\u202Efdp.exe', '_fdp.exe.pdf'],
  ['x'.repeat(200), `${'x'.repeat(120)}.pdf`],
])('%j is downloaded as %j', (name, expected) => {
  expect(nameOf(name)).toBe(expected);
});

test('the header is one line of plain ASCII, whatever the name', () => {
  for (const name of ['पट्टा.pdf', 'a\r\nb: c', 'é"\\.pdf', '\0']) {
    expect(attachmentOf(name, 'application/pdf')).toMatch(/^attachment; [\x20-\x7e]+$/);
  }
});

test('the name ends as the type does', () => {
  expect(nameOf('photo.jpeg', 'image/jpeg')).toBe('photo.jpeg');
  expect(nameOf('photo.pdf', 'image/webp')).toBe('photo.pdf.webp');
});
