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

const folder = 'analytics/v1/';
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

  private async read(key: string): Promise<ArchivedMinute> {
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
    const bytes = await Body?.transformToByteArray();
    const text = (await unzip(bytes ?? new Uint8Array())).toString();
    const [head = '{}', ...lines] = text.trimEnd().split('\n');
    const [, date, time, partition] = /(\d{4}-\d{2}-\d{2})\/(\d{2}-\d{2})\.(\d+)\.ndjson\.gz$/.exec(key) ?? [];
    return {
      partition: Number(partition),
      minute: Date.parse(`${date}T${time?.replace('-', ':')}:00Z`) / 60_000,
      ledger: (JSON.parse(head) as { ledger: Record<string, number> }).ledger,
      events: lines.map((line) => JSON.parse(line) as AdmittedEvent),
    };
  }
}

/** `analytics/v1/2026-11-22/23-42.05.ndjson.gz`: in the order of their names objects are in the order of time. */
function keyOf(partition: number, minute: number): string {
  return `${folder}${nameOf(minute)}.${String(partition).padStart(2, '0')}.ndjson.gz`;
}

function nameOf(minute: number): string {
  const iso = new Date(minute * 60_000).toISOString();
  return `${iso.slice(0, 10)}/${iso.slice(11, 16).replace(':', '-')}`;
}
