import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Readiness } from '@viewora/service-kit/health';
import { LOGGER } from '@viewora/service-kit/logger';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { ensureTables } from './window/table.ts';

const againMs = 2_000;

/** Opens the stores, and closes them last. Without DynamoDB events are taken all the same, so nobody waits for it. */
@Injectable()
export class StoreLifecycle implements OnModuleInit, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly redis: Redis,
    private readonly dynamoDb: DynamoDBClient,
    @Inject(LOGGER) private readonly logger: Logger,
    readiness: Readiness,
  ) {
    readiness.add('analytics-redis', () => this.redis.ping());
  }

  async onModuleInit(): Promise<void> {
    await this.redis.connect();
    await this.makeTables();
  }

  onApplicationShutdown(): void {
    clearTimeout(this.timer);
    this.redis.disconnect();
    this.dynamoDb.destroy();
  }

  private async makeTables(): Promise<void> {
    await ensureTables(this.dynamoDb).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'the tables are not there yet; windows wait');
      this.timer = setTimeout(() => void this.makeTables(), againMs);
    });
  }
}
