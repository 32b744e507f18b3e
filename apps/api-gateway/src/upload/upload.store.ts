import type { Readable } from 'node:stream';
import { DeleteObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AppError } from '@viewora/contracts/errors';
import { LOGGER } from '@viewora/service-kit/logger';
import { createS3Client } from '@viewora/service-kit/storage';
import type { Logger } from 'pino';
import { GATEWAY_ENV } from '../env.token.ts';
import type { GatewayEnv } from '../env.ts';

/** The private bucket, as far as files go into it from here. */
@Injectable()
export class UploadStore implements OnApplicationShutdown {
  private readonly bucket: string | undefined;
  private readonly client: S3Client;

  constructor(
    @Inject(GATEWAY_ENV) env: GatewayEnv,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.bucket = env.PRIVATE_BUCKET;
    this.client = createS3Client(env);
  }

  onApplicationShutdown(): void {
    this.client.destroy();
  }

  /** @throws AppError `unavailable` where there is no bucket */
  checkThere(): void {
    if (this.bucket === undefined) throw new AppError('unavailable', 'No files can be taken here: no store is set up');
  }

  /**
   * Stores what comes, a part of 5 MB at a time. When this fails nothing is left of it.
   * @throws AppError `unavailable` where the store does not take it, and whatever `bytes` fails with
   */
  async put(key: string, bytes: Readable, contentType: string): Promise<void> {
    const params = { Bucket: this.bucket, Key: key, Body: bytes, ContentType: contentType };
    await new Upload({ client: this.client, queueSize: 1, params }).done().catch((cause: unknown) => {
      if (cause instanceof AppError) throw cause;
      throw new AppError('unavailable', 'The file cannot be stored now', { retryAfterSeconds: 5 }, { cause });
    });
  }

  /** Takes a file away, or leaves it to the bucket's own rule. */
  async remove(key: string): Promise<void> {
    await this.client
      .send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }))
      .catch((error: unknown) => this.logger.warn({ err: error }, 'a refused file could not be removed'));
  }
}
