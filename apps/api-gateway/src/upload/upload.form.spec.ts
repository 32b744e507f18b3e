import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import type { Upload } from '@viewora/contracts/service';
import { type FormFile, readForm } from './upload.form.ts';

const upload: Upload = {
  field: 'file',
  maxBytes: 1_000,
  folder: 'imports',
  extension: '.csv',
  types: ['text/csv'],
};
const fileHead =
  '--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\ncontent-type: text/csv\r\n\r\n';

/** A request whose body the test sends, piece by piece. */
function request(): PassThrough & IncomingMessage {
  const headers = { 'content-type': 'multipart/form-data; boundary=x' };
  const sent = Object.assign(new PassThrough(), { headers, complete: false });
  sent.once('end', () => {
    sent.complete = true;
  });
  return sent as unknown as PassThrough & IncomingMessage;
}

async function textOf({ bytes }: FormFile): Promise<string> {
  return Buffer.concat(await bytes.toArray()).toString();
}

const { jest } = import.meta;
afterEach(() => jest.useRealTimers());

test('the file is handed on while it still arrives, with the fields before it', async () => {
  const sent = request();
  const begun = Promise.withResolvers<unknown>();
  let text = '';
  const form = readForm(sent, upload, async (fields, file) => {
    begun.resolve({ ...fields });
    text = await textOf(file);
  });
  sent.write(`--x\r\ncontent-disposition: form-data; name="map"\r\n\r\n{"a": 1}\r\n${fileHead}id,pri`);
  expect(await begun.promise).toEqual({ map: { a: 1 } });
  sent.end('ce\r\n--x--\r\n');
  expect(await form).toMatchObject({ hasFile: true });
  expect(text).toBe('id,price');
});

test('who falls silent is not waited for, and who is sending is', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  const sent = request();
  const form = readForm(sent, upload, async (_fields, file) => void (await textOf(file)));
  const failed = form.catch((error: unknown) => error);
  sent.write(fileHead);
  for (let i = 0; i < 5; i++) {
    await jest.advanceTimersByTimeAsync(29_000);
    sent.write('a');
  }
  await jest.advanceTimersByTimeAsync(30_000);
  expect(await failed).toMatchObject({ code: 'invalid_input', details: { status: 408 } });
});

test('a file that its store does not take any faster is waited for', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  const sent = request();
  const slow = Promise.withResolvers<void>();
  const form = readForm(sent, { ...upload, maxBytes: 10_000_000 }, async (_fields, file) => {
    await slow.promise;
    await textOf(file);
  });
  sent.write(fileHead);
  sent.end(`${'a'.repeat(1_000_000)}\r\n--x--\r\n`);
  await jest.advanceTimersByTimeAsync(120_000);
  slow.resolve();
  expect(await form).toMatchObject({ hasFile: true });
});

test('what the receiver throws comes out, after it has heard of the end', async () => {
  const sent = request();
  sent.end(`${fileHead}${'a'.repeat(2_000)}\r\n--x--\r\n`);
  let heard: unknown;
  const form = readForm(sent, upload, async (_fields, file) => {
    await textOf(file).catch((error: unknown) => {
      heard = error;
      throw error;
    });
  });
  await expect(form).rejects.toMatchObject({ details: { status: 413 } });
  expect(heard).toMatchObject({ details: { status: 413 } });
});
