import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AppError } from '@viewora/contracts/errors';
import type { UploadedFile } from '@viewora/contracts/listing-import';
import type { HttpRoute, InputOf, Operation, Upload } from '@viewora/contracts/service';
import type { FastifyRequest } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { limitBodyTime } from '../http/body-time.ts';
import { readInput } from '../http/input.ts';
import { type FormFile, fieldsLimitBytes, readForm, refusal, tooLarge } from './upload.form.ts';
import { UploadStore } from './upload.store.ts';

export type UploadOperation = Operation & { http: HttpRoute & { upload: Upload } };

/** What a form may weigh beside its file: fields, and what divides them. */
const envelopeBytes = 2 * fieldsLimitBytes;
/** For the whole file; the slowest line that can send 50 MB in it has half a megabit. */
const uploadTimeMs = 15 * 60_000;
/** For whoever has been refused to stop sending. */
const refusedTimeMs = 30_000;
/** Each takes up to 40 MB here while it passes: parts of 5 MB, and what is not collected yet. */
const mostAtOnce = 4;

/** What a command may be answered with that has then surely not kept the file. */
const refusals = new Set(['invalid_input', 'unauthenticated', 'forbidden', 'not_found', 'conflict']);

/** Files that come along with a command: into the private bucket as they arrive, and out of it where the command is refused. */
@Injectable()
export class Uploads {
  private readonly senders = new Set<string>();

  constructor(private readonly store: UploadStore) {}

  /**
   * Takes the form's file, gives `send` the operation's input, and its answer back.
   * @throws AppError `invalid_input` for a form that is not as the contract has it, `conflict` while the same person sends
   *   another file, `unavailable` where files cannot be taken now, and what `send` throws
   */
  async execute<T>(
    operation: UploadOperation,
    request: FastifyRequest,
    send: (input: InputOf<Operation>) => Promise<T>,
  ): Promise<T> {
    const { actor } = request;
    if (actor.kind !== 'user') throw new AppError('unauthenticated', 'Sign in first');
    this.store.checkThere();
    return this.oneOf(actor.userId, async () => {
      const { folder, extension } = operation.http.upload;
      const key = `${folder}/${actor.userId}/${uuidv7()}${extension}`;
      limitBodyTime(request, uploadTimeMs);
      try {
        return await send(await this.receive(operation, request, key));
      } catch (error) {
        limitBodyTime(request, refusedTimeMs);
        // After any other failure the command may still be carried out, with this file.
        if (error instanceof AppError && refusals.has(error.code)) await this.store.remove(key);
        throw error;
      }
    });
  }

  /** One file at a time for each, a few for all. */
  private async oneOf<T>(userId: string, work: () => Promise<T>): Promise<T> {
    if (this.senders.has(userId)) throw new AppError('conflict', 'Another file of yours is still on its way');
    if (this.senders.size >= mostAtOnce)
      throw new AppError('unavailable', 'Too many files are on their way', { retryAfterSeconds: 5 });
    this.senders.add(userId);
    return work().finally(() => this.senders.delete(userId));
  }

  private async receive(operation: UploadOperation, request: FastifyRequest, key: string): Promise<InputOf<Operation>> {
    const { upload } = operation.http;
    if (Number(request.headers['content-length'] ?? 0) > upload.maxBytes + envelopeBytes) throw tooLarge(upload);
    let input: Record<string, unknown> = {};
    const { fields, hasFile } = await readForm(request.raw, upload, async (given, file) => {
      const uploaded: UploadedFile = { key, name: file.name, bytes: 0, sha256: '' };
      // All that can be refused is, before anything is stored.
      input = readInput(operation, request, { ...given, [upload.field]: uploaded }) as Record<string, unknown>;
      input[upload.field] = { ...uploaded, ...(await this.take(upload, key, file)) };
    });
    return (hasFile ? input : readInput(operation, request, fields)) as InputOf<Operation>;
  }

  private async take(upload: Upload, key: string, file: FormFile): Promise<Pick<UploadedFile, 'bytes' | 'sha256'>> {
    if (!upload.types.includes(file.type))
      throw refusal(upload.field, `must be one of ${upload.types.join(', ')}`, 415);
    const digest = createHash('sha256');
    let bytes = 0;
    async function* measured() {
      for await (const chunk of file.bytes as AsyncIterable<Buffer>) {
        digest.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    }
    await this.store.put(key, Readable.from(measured(), { objectMode: false }), file.type);
    if (bytes === 0) throw refusal(upload.field, 'must not be empty');
    return { bytes, sha256: digest.digest('base64url') };
  }
}
