import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { AppError } from '@viewora/contracts/errors';
import type { Upload } from '@viewora/contracts/service';
import { invalidInput } from '@viewora/service-kit/errors';
import { parseJson } from '../http/body.ts';

/** What a form says beside its file. */
export type FormFields = Record<string, unknown>;

export interface FormFile {
  /** As its sender calls it. */
  name: string;
  /** Its media type. */
  type: string;
  /** Fails with an `AppError` where the form turns out to be no good, and where its sender goes away. */
  bytes: Readable;
}

/** All fields together are hardly larger than this. */
export const fieldsLimitBytes = 64 * 1024;
const mostFields = 20;
/** Who sends nothing for so long has gone, or holds the connection for nothing. */
const silenceMs = 30_000;

/**
 * Reads a form as it comes: its fields, then its one file, which `receive` takes while it arrives. The fields come first, so that
 * they can be refused before the file is sent.
 * @throws AppError `invalid_input` for any other form, and what `receive` throws; the file has then been taken to its end or failed
 */
export async function readForm(
  request: IncomingMessage,
  upload: Upload,
  receive: (fields: FormFields, file: FormFile) => Promise<void>,
): Promise<{ fields: FormFields; hasFile: boolean }> {
  const fields: FormFields = Object.create(null);
  const { promise: ended, resolve: end, reject: fail } = Promise.withResolvers<void>();
  // It may fail before anybody waits for it.
  ended.catch(() => undefined);
  let file: Readable | undefined;
  let received: Promise<void> = Promise.resolve();
  const form = openForm(request, upload);
  form.on('field', (name, text, isNameCut, isCut) => {
    try {
      if (file) throw refusal(name, `belongs before ${upload.field}`);
      if (isNameCut) throw refusal('', 'a field has too long a name');
      if (isCut) throw refusal(name, `must have at most ${fieldsLimitBytes} bytes`, 413);
      if (name === upload.field) throw refusal(name, 'must be sent as a file');
      if (Object.hasOwn(fields, name)) throw refusal(name, 'is there twice');
      fields[name] = parseJson(Buffer.from(text), name);
    } catch (error) {
      fail(error);
    }
  });
  form.on('file', (name, bytes, fileName, _encoding, type) => {
    // Whoever reads it hears of its failure there.
    bytes.on('error', () => undefined);
    if (name !== upload.field) return fail(refusal(name, 'is not known as a file'));
    if (file) return fail(refusal(name, 'must be one file'));
    bytes.once('limit', () => fail(tooLarge(upload)));
    file = bytes;
    received = receive(fields, { name: shown(fileName), type, bytes });
    received.catch(fail);
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const)
    form.on(limit, () => fail(refusal('', `the form has more than ${mostFields} parts`)));
  form.on('error', (cause) => fail(refusal('', 'the form is broken', 400, cause)));
  form.on('finish', end);
  const stopWatching = watch(request, fail);
  request.pipe(form);
  try {
    await ended;
    await received;
    return { fields, hasFile: file !== undefined };
  } catch (error) {
    file?.destroy(error as Error);
    await received.catch(() => undefined);
    throw error;
  } finally {
    stopWatching();
    request.unpipe(form);
    // Whoever still sends could not read the answer before all is sent.
    request.resume();
  }
}

/** Calls `fail` when the sender goes away or falls silent. */
function watch(request: IncomingMessage, fail: (error: AppError) => void): () => void {
  const gone = () => {
    if (!request.complete) fail(new AppError('invalid_input', 'The form broke off'));
  };
  const silence = setTimeout(() => {
    // While the file waits for its store, its sender has to wait too.
    if (request.isPaused()) silence.refresh();
    else fail(new AppError('invalid_input', 'Nothing was sent for too long', { status: 408 }));
  }, silenceMs);
  const heard = () => silence.refresh();
  request.on('data', heard).once('close', gone).once('error', gone);
  return () => {
    clearTimeout(silence);
    request.off('data', heard).off('close', gone).off('error', gone);
  };
}

function openForm(request: IncomingMessage, upload: Upload): BusboyInstance {
  const contentType = request.headers['content-type'] ?? '';
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: {
        fieldNameSize: 100,
        fieldSize: fieldsLimitBytes,
        fields: mostFields,
        // One more than are wanted, to tell who sends more.
        files: 2,
        fileSize: upload.maxBytes,
        parts: mostFields,
        headerPairs: 20,
        headerSize: 4_096,
      },
    });
  } catch (cause) {
    throw refusal('', 'the form does not say what divides its parts', 400, cause);
  }
}

export function tooLarge({ field, maxBytes }: Upload): AppError {
  return refusal(field, `must have at most ${Math.floor(maxBytes / 1024 / 1024)} MB`, 413);
}

/** Names can hold anything, and are shown to people. */
function shown(fileName: string | undefined): string {
  const name = (fileName ?? '').replace(/[\p{Cc}\p{Cf}]/gu, '').trim();
  return name === '' ? 'file' : name.slice(0, 200);
}

export function refusal(path: string, message: string, status = 400, cause?: unknown): AppError {
  const { code, message: detail, details } = invalidInput([{ path: path.slice(0, 100), message }], status);
  return new AppError(code, detail, details, { cause });
}
