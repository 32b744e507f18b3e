import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { databaseOptions } from '@viewora/database/data-source';
import { OldMessages } from '@viewora/database/old-messages';
import { Readiness } from '@viewora/service-kit/health';
import { LOGGER } from '@viewora/service-kit/logger';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { AnswerService } from './answer/answer.service.ts';
import { AskRepository } from './conversation/ask.repository.ts';
import { AskService } from './conversation/ask.service.ts';
import { ConversationHandlers } from './conversation/conversation.handlers.ts';
import { ConversationRepository } from './conversation/conversation.repository.ts';
import { ConversationService } from './conversation/conversation.service.ts';
import { advisorDatabase } from './database.ts';
import { DescribeHandlers } from './describe/describe.handlers.ts';
import { DescribeService } from './describe/describe.service.ts';
import { EmbeddingHandlers } from './embedding/embedding.handlers.ts';
import { EmbeddingRefresher } from './embedding/embedding.refresher.ts';
import { EmbeddingRepository } from './embedding/embedding.repository.ts';
import { EmbeddingService } from './embedding/embedding.service.ts';
import { EMBEDDING_SOURCE } from './embedding/embedding.source.ts';
import { GeminiEmbedding } from './embedding/gemini.embedding.ts';
import { LocalEmbedding } from './embedding/local.embedding.ts';
import { SweepRepository } from './embedding/sweep.repository.ts';
import { env } from './env.ts';
import { ExplainService } from './explain/explain.service.ts';
import { FactsService } from './facts/facts.service.ts';
import { MarketClient } from './facts/market.client.ts';
import { ViewsClient } from './facts/views.client.ts';
import { GazetteerClient } from './gazetteer/gazetteer.client.ts';
import { LANGUAGE_MODEL, type LanguageModel } from './model/language-model.ts';
import { openPaidModel } from './model/paid.model.ts';
import { ParseHandlers } from './parse/parse.handlers.ts';
import { DEFAULT_CURRENCY, ParseService } from './parse/parse.service.ts';
import { openRedis, REDIS } from './redis.ts';
import { CandidateClient } from './retrieve/candidate.client.ts';
import { MeaningService } from './retrieve/meaning.service.ts';
import { RetrieveService } from './retrieve/retrieve.service.ts';
import { QuestionService } from './understand/question.service.ts';
import { PgvectorIndex } from './vector-index/pgvector.index.ts';
import { ScanIndex } from './vector-index/scan.index.ts';
import { VECTOR_INDEX } from './vector-index/vector.index.ts';
import { VectorRepository } from './vector-index/vector.repository.ts';

@Module({
  imports: [
    TypeOrmModule.forRoot(databaseOptions(advisorDatabase(env.DATABASE_URL, { poolSize: env.DATABASE_POOL_SIZE }))),
  ],
  controllers: [ParseHandlers, ConversationHandlers, DescribeHandlers, EmbeddingHandlers],
  providers: [
    { provide: DEFAULT_CURRENCY, useValue: env.DEFAULT_CURRENCY },
    { provide: REDIS, useFactory: () => openRedis(env.REDIS_URL) },
    {
      provide: LANGUAGE_MODEL,
      inject: [REDIS, LOGGER],
      useFactory: (redis: Redis, logger: Logger) => openPaidModel(env, redis, logger),
    },
    {
      provide: OldMessages,
      inject: [DataSource, LOGGER],
      useFactory: (dataSource: DataSource, logger: Logger) => new OldMessages(dataSource, logger),
    },
    {
      provide: EMBEDDING_SOURCE,
      inject: [LANGUAGE_MODEL],
      useFactory: (model: LanguageModel | null) => (model ? new GeminiEmbedding(model, env) : new LocalEmbedding()),
    },
    {
      provide: VECTOR_INDEX,
      inject: [DataSource, VectorRepository, EmbeddingService, LOGGER],
      useFactory: (dataSource: DataSource, vectors: VectorRepository, listings: EmbeddingService, logger: Logger) =>
        env.VECTOR_INDEX === 'pgvector'
          ? new PgvectorIndex(dataSource, listings, logger)
          : new ScanIndex(vectors, listings.model, logger),
    },
    GazetteerClient,
    ParseService,
    QuestionService,
    CandidateClient,
    MeaningService,
    RetrieveService,
    MarketClient,
    ViewsClient,
    FactsService,
    ExplainService,
    AnswerService,
    DescribeService,
    ConversationRepository,
    ConversationService,
    AskRepository,
    AskService,
    EmbeddingRepository,
    SweepRepository,
    EmbeddingService,
    EmbeddingRefresher,
    VectorRepository,
  ],
})
export class AppModule implements OnApplicationShutdown {
  constructor(
    readiness: Readiness,
    dataSource: DataSource,
    @Inject(REDIS) private readonly redis: Redis,
  ) {
    readiness.add('postgres', () => dataSource.query('SELECT 1'));
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }
}
