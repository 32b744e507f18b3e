import { Readable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { StorageEnv } from '@viewora/service-kit/env';
import { createS3Client } from '@viewora/service-kit/storage';
import { FileError } from '../import/file.error.ts';

export const STORAGE_ENV = Symbol('storageEnv');

/** The files in the private bucket, where the gateway has put them. */
@Injectable()
export class ImportFiles implements OnApplicationShutdown {
  private readonly bucket: string | undefined;
  private readonly client: S3Client;

  constructor(@Inject(STORAGE_ENV) env: StorageEnv) {
    this.bucket = env.PRIVATE_BUCKET;
    this.client = createS3Client(env);
  }

  onApplicationShutdown(): void {
    this.client.destroy();
  }

  /** @throws FileError where it is not there any more */
  async open(key: string): Promise<Readable> {
    try {
      const { Body: body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
      if (body instanceof Readable) return body;
    } catch (error) {
      if (!(error instanceof NoSuchKey)) throw error;
    }
    throw new FileError('The file is not there any more: send it again');
  }

  /** Removing what is not there is no failure. */
  async remove(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
  }
}
