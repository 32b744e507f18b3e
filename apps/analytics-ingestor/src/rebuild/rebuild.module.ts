import { Module } from '@nestjs/common';
import { StoreLifecycle } from '../store.lifecycle.ts';
import { stores } from '../stores.ts';
import { RebuildRepository } from './rebuild.repository.ts';
import { RebuildService } from './rebuild.service.ts';

/** What the command needs of the app: no handlers, and nothing that runs by itself. */
@Module({ providers: [...stores, StoreLifecycle, RebuildRepository, RebuildService] })
export class RebuildModule {}
