import { Readable } from 'node:stream';
import { FileError } from './file.error.ts';

const advice = 'Save it as “CSV UTF-8” and send it again';

/**
 * The same bytes, as long as they are UTF-8: another encoding's would become wrong names in listings.
 * @throws FileError, as the stream's error, where they are not
 */
export function onlyUtf8(source: Readable, onRead: (bytes: number) => void): Readable {
  return Readable.from(checked(source, onRead), { objectMode: false });
}

async function* checked(source: AsyncIterable<Buffer>, onRead: (bytes: number) => void): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let position = 0;
  for await (const chunk of source) {
    if (position === 0 && isUtf16(chunk)) throw new FileError(`The file is in UTF-16. ${advice}`);
    check(() => decoder.decode(chunk, { stream: true }), position);
    position += chunk.length;
    onRead(chunk.length);
    yield chunk;
  }
  check(() => decoder.decode(), position);
}

function check(decode: () => void, position: number): void {
  try {
    decode();
  } catch {
    throw new FileError(`The file is not in UTF-8, from about byte ${position.toLocaleString('en')} on. ${advice}`);
  }
}

/** By its byte-order mark. */
function isUtf16(chunk: Buffer): boolean {
  return (chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff);
}
