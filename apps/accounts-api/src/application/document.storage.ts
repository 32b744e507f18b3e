import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AppError } from '@viewora/contracts/errors';
import type { AccountsEnv } from '../env.ts';
import { attachmentOf } from './document.name.ts';

export interface StoredDocument {
  objectKey: string;
  name: string;
  contentType: string;
  bytes: number;
}

export interface Beginning {
  /** Of the whole object. */
  bytes: number;
  start: Uint8Array;
}

const uploadSeconds = 600;
const viewSeconds = 60;
/** What `file-type` needs to tell one kind of file from another. */
const startBytes = 4_100;

/** The private bucket. Nobody gets at it but by a link for one object, made here and good for minutes. */
@Injectable()
export class DocumentStorage implements OnApplicationShutdown {
  private readonly client: S3Client;
  private readonly bucket: string;

  constructor({
    S3_ENDPOINT,
    S3_REGION,
    PRIVATE_BUCKET,
  }: Pick<AccountsEnv, 'S3_ENDPOINT' | 'S3_REGION' | 'PRIVATE_BUCKET'>) {
    this.bucket = PRIVATE_BUCKET;
    this.client = new S3Client({
      region: S3_REGION,
      ...(S3_ENDPOINT !== undefined && { endpoint: S3_ENDPOINT, forcePathStyle: true }),
      // Otherwise the checksum of an empty body would be signed into the links.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
    });
  }

  onApplicationShutdown(): void {
    this.client.destroy();
  }

  /**
   * Where to PUT a document, ten minutes from `signedAt` on. Type, length and that nothing is there yet are signed: what was
   * looked at cannot be replaced with another file afterwards.
   */
  async uploadLink(
    document: StoredDocument,
    signedAt: Date,
  ): Promise<{ url: string; headers: Record<string, string> }> {
    const { objectKey, contentType, bytes } = document;
    const put = new PutObjectCommand({
      Bucket: this.bucket,
      Key: objectKey,
      ContentType: contentType,
      ContentLength: bytes,
      IfNoneMatch: '*',
    });
    const url = await getSignedUrl(this.client, put, {
      expiresIn: uploadSeconds,
      signingDate: signedAt,
      signableHeaders: new Set(['content-type', 'content-length', 'if-none-match']),
      unhoistableHeaders: new Set(['if-none-match']),
    });
    // Browsers send the length by themselves, and let nobody else do it.
    return { url, headers: { 'content-type': contentType, 'if-none-match': '*' } };
  }

  /** Where to GET a document, a minute from `signedAt` on: a download under a harmless name, whatever is in it. */
  async viewLink(document: StoredDocument, signedAt: Date): Promise<{ url: string; expiresAt: string }> {
    const get = new GetObjectCommand({
      Bucket: this.bucket,
      Key: document.objectKey,
      ResponseContentType: document.contentType,
      ResponseContentDisposition: attachmentOf(document.name, document.contentType),
      ResponseCacheControl: 'private, no-store',
    });
    const url = await getSignedUrl(this.client, get, { expiresIn: viewSeconds, signingDate: signedAt });
    return { url, expiresAt: new Date(signedAt.getTime() + viewSeconds * 1_000).toISOString() };
  }

  /** Null where there is nothing. */
  async findSize(objectKey: string): Promise<number | null> {
    const head = await orNull(this.client.send(new HeadObjectCommand({ Bucket: this.bucket, Key: objectKey })));
    return head && head !== 'empty' ? (head.ContentLength ?? 0) : null;
  }

  /** Null where there is nothing. */
  async findBeginning(objectKey: string): Promise<Beginning | null> {
    const range = `bytes=0-${startBytes - 1}`;
    const get = new GetObjectCommand({ Bucket: this.bucket, Key: objectKey, Range: range });
    const object = await orNull(this.client.send(get));
    if (object === 'empty') return { start: new Uint8Array(), bytes: 0 };
    if (!object?.Body) return null;
    const start = await object.Body.transformToByteArray();
    const total = /\/(\d+)$/.exec(object.ContentRange ?? '')?.[1];
    return { start, bytes: total === undefined ? start.byteLength : Number(total) };
  }

  /** Also where there is nothing. */
  async remove(objectKey: string): Promise<void> {
    await orNull(this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: objectKey })));
  }
}

/** Nothing there is an answer, and so is nothing of a range; everything else is the store's trouble. */
async function orNull<T>(reply: Promise<T>): Promise<T | 'empty' | null> {
  try {
    return await reply;
  } catch (cause) {
    const status = cause instanceof S3ServiceException ? cause.$metadata.httpStatusCode : undefined;
    if (status === 404) return null;
    if (status === 416) return 'empty';
    throw new AppError('unavailable', 'Documents cannot be reached', { retryAfterSeconds: 5 }, { cause });
  }
}
