import { Controller } from '@nestjs/common';
import { propertyApi } from '@viewora/contracts/property';
import { Handle } from '@viewora/service-kit/handle';
import { ExpiryService } from '../expiry/expiry.service.ts';
import { ImportCleanUp } from '../listing-import/import-clean-up.ts';
import type { Nothing } from '../nothing.ts';
import { PersonService } from '../person/person.service.ts';

@Controller()
export class CleanUpHandlers {
  constructor(
    private readonly imports: ImportCleanUp,
    private readonly people: PersonService,
    private readonly expiry: ExpiryService,
  ) {}

  @Handle(propertyApi.cleanUp)
  async run(): Promise<Nothing> {
    await Promise.all([this.imports.run(), this.people.eraseLeftovers()]);
    return {};
  }

  @Handle(propertyApi.expireListings)
  expire(): Promise<Nothing> {
    return this.expiry.run();
  }
}
