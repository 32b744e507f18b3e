import { Controller } from '@nestjs/common';
import type { Call } from '@viewora/contracts/call';
import type { ListingImport, RejectedRow } from '@viewora/contracts/listing-import';
import { propertyApi } from '@viewora/contracts/property';
import type { ParsedInputOf } from '@viewora/contracts/service';
import { Handle } from '@viewora/service-kit/handle';
import { ListingImportService } from './listing-import.service.ts';

@Controller()
export class ListingImportHandlers {
  constructor(private readonly imports: ListingImportService) {}

  @Handle(propertyApi.startImport)
  start(input: ParsedInputOf<typeof propertyApi.startImport>, call: Call): Promise<ListingImport> {
    return this.imports.start(input, call);
  }

  @Handle(propertyApi.imports)
  list(
    input: ParsedInputOf<typeof propertyApi.imports>,
    call: Call,
  ): Promise<{ items: ListingImport[]; nextCursor: string | null }> {
    return this.imports.list(input, call);
  }

  @Handle(propertyApi.import)
  get(input: { id: string }, call: Call): Promise<ListingImport & { rejectedRows: RejectedRow[] }> {
    return this.imports.get(input, call);
  }

  @Handle(propertyApi.rejectedRows)
  listRejected(
    input: ParsedInputOf<typeof propertyApi.rejectedRows>,
    call: Call,
  ): Promise<{ items: RejectedRow[]; nextCursor: string | null }> {
    return this.imports.listRejected(input, call);
  }

  @Handle(propertyApi.cancelImport)
  cancel(input: { id: string }, call: Call): Promise<ListingImport> {
    return this.imports.cancel(input, call);
  }
}
