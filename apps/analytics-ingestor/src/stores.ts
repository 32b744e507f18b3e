import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { Provider } from '@nestjs/common';
import { createS3Client } from '@viewora/service-kit/storage';
import { Redis } from 'ioredis';
import { ArchiveRepository } from './archive/archive.repository.ts';
import { type AnalyticsEnv, env } from './env.ts';
import { ViewerKeys } from './event/viewer.key.ts';
import { RankingRepository } from './ranking/ranking.repository.ts';
import { openRedis } from './redis.ts';
import { FigureRepository } from './window/figure.repository.ts';
import { WindowRepository } from './window/window.repository.ts';
import { WindowService } from './window/window.service.ts';

/** Each try has an end, and there are four: the SDK waits longer before each, also where a table is throttled. */
function createDynamoDbClient({ DYNAMODB_ENDPOINT, DYNAMODB_REGION }: AnalyticsEnv): DynamoDBClient {
  return new DynamoDBClient({
    region: DYNAMODB_REGION,
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
    ...(DYNAMODB_ENDPOINT && { endpoint: DYNAMODB_ENDPOINT }),
  });
}

/** Where everything is kept, for the app and for the rebuilding of it. */
export const stores: Provider[] = [
  { provide: Redis, useFactory: () => openRedis(env.REDIS_URL) },
  { provide: DynamoDBClient, useFactory: () => createDynamoDbClient(env) },
  { provide: S3Client, useFactory: () => createS3Client(env) },
  { provide: ViewerKeys, useFactory: () => new ViewerKeys(env.ANALYTICS_SECRET) },
  {
    provide: ArchiveRepository,
    inject: [S3Client],
    useFactory: (s3: S3Client) => new ArchiveRepository(s3, env.PRIVATE_BUCKET),
  },
  WindowRepository,
  FigureRepository,
  RankingRepository,
  WindowService,
];
