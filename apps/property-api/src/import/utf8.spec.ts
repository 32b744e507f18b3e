import { Readable } from 'node:stream';
import { onlyUtf8 } from './utf8.ts';

async function read(chunks: Buffer[]): Promise<[string, number]> {
  let bytes = 0;
  const passed = await onlyUtf8(Readable.from(chunks), (more) => {
    bytes += more;
  }).toArray();
  return [Buffer.concat(passed).toString(), bytes];
}

test('UTF-8 passes byte by byte, a letter may be split between two chunks', async () => {
  const text = Buffer.from('\ufeffid,Málaga,कोच्चि,😀');
  expect(await read([...text].map((byte) => Buffer.from([byte])))).toEqual([text.toString(), text.length]);
});

test.each([
  ['Latin-1', [Buffer.from('id\nMálaga', 'latin1')], 'not in UTF-8'],
  ['a letter cut off at the end', [Buffer.from('id\n'), Buffer.from('á').subarray(0, 1)], 'not in UTF-8'],
  ['UTF-16', [Buffer.from('\ufeffid', 'utf16le')], 'in UTF-16'],
  ['UTF-16, the other way round', [Buffer.from([0xfe, 0xff, 0, 105])], 'in UTF-16'],
])('%s does not', async (_what, chunks, why) => {
  await expect(read(chunks)).rejects.toMatchObject({ name: 'FileError', message: expect.stringContaining(why) });
});
