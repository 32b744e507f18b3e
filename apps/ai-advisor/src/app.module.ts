import { Module } from '@nestjs/common';
import { LOGGER } from '@viewora/service-kit/logger';
import type { Logger } from 'pino';
import { env } from './env.ts';
import { GazetteerClient } from './gazetteer/gazetteer.client.ts';
import { openGemini } from './model/gemini.model.ts';
import { LANGUAGE_MODEL } from './model/language-model.ts';
import { ParseHandlers } from './parse/parse.handlers.ts';
import { DEFAULT_CURRENCY, ParseService } from './parse/parse.service.ts';

@Module({
  controllers: [ParseHandlers],
  providers: [
    { provide: DEFAULT_CURRENCY, useValue: env.DEFAULT_CURRENCY },
    { provide: LANGUAGE_MODEL, useFactory: (logger: Logger) => openGemini(env, logger), inject: [LOGGER] },
    GazetteerClient,
    ParseService,
  ],
})
export class AppModule {}
