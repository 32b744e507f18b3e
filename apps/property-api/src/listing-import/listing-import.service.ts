import { Inject, Injectable } from '@nestjs/common';
import type { Call } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import type { ListingImport, RejectedRow } from '@viewora/contracts/listing-import';
import type { propertyApi } from '@viewora/contracts/property';
import type { ParsedInputOf } from '@viewora/contracts/service';
import { invalidInput } from '@viewora/service-kit/errors';
import { LOGGER } from '@viewora/service-kit/logger';
import type { Logger } from 'pino';
import { z } from 'zod';
import { parseImportMap, slowPatterns } from '../import/import.map.ts';
import { VerificationClient } from '../own-listing/verification.client.ts';
import { signedInUser } from '../signed-in.ts';
import { ImportFiles } from './import-files.ts';
import { ImportProcess } from './import-process.ts';
import { decodePosition, encodePosition } from './listing-import.cursor.ts';
import { type CurrentImport, ListingImportRepository } from './listing-import.repository.ts';

const mostWaiting = 5;
const mostRejectedShown = 100;
const mostExported = 1_000;

/** Files of listings, from their arrival to the report; `ImportJobService` does what happens in between. */
@Injectable()
export class ListingImportService {
  constructor(
    private readonly imports: ListingImportRepository,
    private readonly files: ImportFiles,
    private readonly verification: VerificationClient,
    private readonly process: ImportProcess,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * @throws AppError `invalid_input` for a map that is none, `forbidden` for who may not publish yet, `conflict` where too many
   *   of theirs wait
   */
  async start({ map, file }: ParsedInputOf<typeof propertyApi.startImport>, call: Call): Promise<ListingImport> {
    const ownerId = signedInUser(call);
    checkMap(map);
    // The gateway makes such keys; whoever else can send messages here still gets no other person's file.
    if (!file.key.startsWith(`imports/${ownerId}/`)) throw invalidInput([{ path: 'file', message: 'is not yours' }]);
    const refusal = await this.verification.refusalFor(ownerId);
    const started = await this.imports.insert(ownerId, { map, file }, call, (waiting) => {
      if (refusal) throw refusal;
      if (waiting >= mostWaiting) throw new AppError('conflict', `${mostWaiting} imports of yours wait already`);
    });
    // A repeat brings its file again, and nobody will ever read that.
    if (!(await this.imports.needsFile(file.key))) await this.removeFile(file.key);
    this.process.wake();
    return started;
  }

  async list(
    { limit, cursor }: ParsedInputOf<typeof propertyApi.imports>,
    call: Call,
  ): Promise<{ items: ListingImport[]; nextCursor: string | null }> {
    const found = await this.imports.list(signedInUser(call), limit, decodePosition(z.uuid(), cursor));
    return pageOf(found, limit, ({ id }) => id);
  }

  async get({ id }: { id: string }, call: Call): Promise<ListingImport & { rejectedRows: RejectedRow[] }> {
    const found = known(await this.imports.find(signedInUser(call), id));
    const rejectedRows = await this.imports.listRejected(id, mostRejectedShown, null);
    return { ...found, rejectedRows: rejectedRows.slice(0, mostRejectedShown) };
  }

  async listRejected(
    { id, limit, cursor }: ParsedInputOf<typeof propertyApi.rejectedRows>,
    call: Call,
  ): Promise<{ items: RejectedRow[]; nextCursor: string | null }> {
    known(await this.imports.find(signedInUser(call), id));
    const found = await this.imports.listRejected(id, limit, decodePosition(z.int32(), cursor));
    return pageOf(found, limit, ({ line }) => line);
  }

  /** @throws AppError `conflict` once it has begun to change listings */
  async cancel({ id }: { id: string }, call: Call): Promise<ListingImport> {
    const { cancelled, fileKey } = known(await this.imports.cancel(signedInUser(call), id, call, checkCancellable));
    if (fileKey !== null) await this.removeFile(fileKey);
    return cancelled;
  }

  /** What is kept of their imports, for themselves. */
  exportOf(ownerId: string): Promise<ListingImport[]> {
    return this.imports.list(ownerId, mostExported, null);
  }

  /** Forgets all that somebody has ever sent. Call it before their listings are deleted: an import under way ends with it. */
  async erase(ownerId: string): Promise<void> {
    for (const key of await this.imports.erase(ownerId)) await this.removeFile(key);
  }

  /** What cannot be removed now is removed by the clean-up, or by the bucket's own rule. */
  private async removeFile(key: string): Promise<void> {
    await this.files
      .remove(key)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'a file that nobody needs could not be removed'));
  }
}

function checkMap(map: Record<string, unknown>): void {
  const parsed = parseImportMap(map);
  const errors = 'errors' in parsed ? parsed.errors : slowPatterns(parsed.map);
  if (errors.length > 0) throw invalidInput(errors.map(({ path, message }) => ({ path: `map.${path}`, message })));
}

function checkCancellable({ status, stage, hasMerged }: CurrentImport): void {
  if (status !== 'waiting' && status !== 'running') throw new AppError('conflict', `This import is ${status} already`);
  if (hasMerged || (status === 'running' && stage !== 'reading'))
    throw new AppError('conflict', 'It has begun to change your listings: let it finish');
}

function known<T>(found: T | null): T {
  if (found === null) throw new AppError('not_found', 'You have no such import');
  return found;
}

/** A page of what was found, which is one more where there are more. */
function pageOf<T>(found: T[], limit: number, positionOf: (item: T) => string | number) {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: found.length > limit && last ? encodePosition(positionOf(last)) : null };
}
