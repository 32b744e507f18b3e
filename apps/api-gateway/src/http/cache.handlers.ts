import { Controller } from '@nestjs/common';
import { propertyApi } from '@viewora/contracts/property';
import { On } from '@viewora/service-kit/handle';
import { ReplyCache } from './reply-cache.ts';

@Controller()
export class CacheHandlers {
  constructor(private readonly replies: ReplyCache) {}

  @On(propertyApi.listingsChanged, { everyReplica: true })
  listingsChanged(): void {
    this.replies.forget();
  }
}
