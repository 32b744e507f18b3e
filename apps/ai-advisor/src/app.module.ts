import { Module } from '@nestjs/common';
import { env } from './env.ts';
import { GazetteerClient } from './gazetteer/gazetteer.client.ts';
import { ParseHandlers } from './parse/parse.handlers.ts';
import { DEFAULT_CURRENCY, ParseService } from './parse/parse.service.ts';

@Module({
  controllers: [ParseHandlers],
  providers: [{ provide: DEFAULT_CURRENCY, useValue: env.DEFAULT_CURRENCY }, GazetteerClient, ParseService],
})
export class AppModule {}
