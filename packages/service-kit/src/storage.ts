import { S3Client } from '@aws-sdk/client-s3';
import type { StorageEnv } from './env.ts';

/**
 * The SDK's client: each try has an end, and there are three. Keys are the SDK's own to find: `AWS_ACCESS_KEY_ID` and
 * `AWS_SECRET_ACCESS_KEY`, or the role of the host.
 */
export function createS3Client({ S3_ENDPOINT, S3_REGION }: StorageEnv): S3Client {
  return new S3Client({
    region: S3_REGION,
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
    // A store of one's own has one host, not one a bucket.
    ...(S3_ENDPOINT && { endpoint: S3_ENDPOINT, forcePathStyle: true }),
  });
}
