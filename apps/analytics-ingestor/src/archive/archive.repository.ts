import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { Injectable } from '@nestjs/common';
import type { AdmittedEvent } from '../window/window.repository.ts';

/** What the archive has of a minute of a partition. */
export interface ArchivedMinute {
  partition: number;
  minute: number;
  ledger: Record<string, number>;
  events: AdmittedEvent[];
}

/** An archived minute, or why it cannot be read. */
export interface FoundMinute {
  partition: number;
  minute: number;
  archived: ArchivedMinute | null;
  error: string | null;
}

const folder = 'analytics/v1/';
const readAtOnce = 16;
const [zip, unzip] = [promisify(gzip), promisify(gunzip)];

/**
 * Each minute of a partition as one object: the ledger's line, then the events in the order in which they were admitted, as
 * gzipped NDJSON. The same minute gives the same name and the same bytes, whoever writes it.
 */
@Injectable()
export class ArchiveRepository {
  constructor(
    private readonly s3: S3Client,
    private readonly bucket: string,
  ) {}

  /** An object that is there stays as it is. */
  async put({ partition, minute, ledger, events }: ArchivedMinute): Promise<void> {
    const sorted = Object.fromEntries(Object.entries(ledger).sort(([a], [b]) => (a < b ? -1 : 1)));
    const lines = [{ ledger: sorted }, ...events].map((line) => `${JSON.stringify(line)}\n`);
    const put = new PutObjectCommand({
      Bucket: this.bucket,
      Key: keyOf(partition, minute),
      Body: await zip(lines.join(''), { level: 6 }),
      ContentType: 'application/x-ndjson',
      ContentEncoding: 'gzip',
      IfNoneMatch: '*',
    });
    await this.s3.send(put).catch((error: Error & { $metadata?: { httpStatusCode?: number } }) => {
      if (error.$metadata?.httpStatusCode !== 412) throw error;
    });
  }

  /** Everything from a minute on, in the order in which it happened. */
  async *readAll(from = 0): AsyncGenerator<ArchivedMinute> {
    const list = { Bucket: this.bucket, Prefix: folder, StartAfter: `${folder}${nameOf(from)}` };
    for await (const { Contents = [] } of paginateListObjectsV2({ client: this.s3 }, list))
      for (const { Key = '' } of Contents) yield await this.read(Key);
  }

  /** One hour's objects. What cannot be read comes with the reason why. */
  async *readHour(hour: number): AsyncGenerator<FoundMinute> {
    const iso = new Date(hour * 3_600_000).toISOString();
    const list = { Bucket: this.bucket, Prefix: `${folder}${iso.slice(0, 10)}/${iso.slice(11, 13)}-` };
    for await (const { Contents = [] } of paginateListObjectsV2({ client: this.s3 }, list)) {
      for (let i = 0; i < Contents.length; i += readAtOnce) {
        const keys = Contents.slice(i, i + readAtOnce).map(({ Key = '' }) => Key);
        yield* await Promise.all(keys.map((key) => this.tryToRead(key)));
      }
    }
  }

  /** What is broken is told; that the store is away is thrown. */
  private async tryToRead(key: string): Promise<FoundMinute> {
    const bytes = await this.bytesOf(key);
    const parsed = await parse(key, bytes).then(
      (archived) => ({ archived, error: null }),
      (error: unknown) => ({ archived: null, error: error instanceof Error ? error.message : String(error) }),
    );
    return { ...placeOf(key), ...parsed };
  }

  private async read(key: string): Promise<ArchivedMinute> {
    return parse(key, await this.bytesOf(key));
  }

  private async bytesOf(key: string): Promise<Uint8Array> {
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  }
}

/** @throws Error for what is no archived minute */
async function parse(key: string, bytes: Uint8Array): Promise<ArchivedMinute> {
  const text = (await unzip(bytes)).toString();
  const [head = '{}', ...lines] = text.trimEnd().split('\n');
  return {
    ...placeOf(key),
    ledger: (JSON.parse(head) as { ledger: Record<string, number> }).ledger,
    events: lines.map((line) => JSON.parse(line) as AdmittedEvent),
  };
}

function placeOf(key: string): { partition: number; minute: number } {
  const [, date, time, partition] = /(\d{4}-\d{2}-\d{2})\/(\d{2}-\d{2})\.(\d+)\.ndjson\.gz$/.exec(key) ?? [];
  return { partition: Number(partition), minute: Date.parse(`${date}T${time?.replace('-', ':')}:00Z`) / 60_000 };
}

/** `analytics/v1/2026-11-22/23-42.05.ndjson.gz`: in the order of their names objects are in the order of time. */
function keyOf(partition: number, minute: number): string {
  return `${folder}${nameOf(minute)}.${String(partition).padStart(2, '0')}.ndjson.gz`;
}

function nameOf(minute: number): string {
  const iso = new Date(minute * 60_000).toISOString();
  return `${iso.slice(0, 10)}/${iso.slice(11, 16).replace(':', '-')}`;
}
