import { Controller } from '@nestjs/common';
import { propertyApi } from '@viewora/contracts/property';
import type { PayloadOf } from '@viewora/contracts/service';
import { On } from '@viewora/service-kit/handle';
import { EmbeddingService } from './embedding.service.ts';

@Controller()
export class EmbeddingHandlers {
  constructor(private readonly listings: EmbeddingService) {}

  @On(propertyApi.listingsChanged)
  listingsChanged(change: PayloadOf<typeof propertyApi.listingsChanged>): Promise<void> {
    return this.listings.listingsChanged(change);
  }
}
