import { Controller } from '@nestjs/common';
import { analyticsApi, type Ledger } from '@viewora/contracts/analytics';
import { Handle } from '@viewora/service-kit/handle';
import { LedgerService } from './ledger.service.ts';

@Controller()
export class LedgerHandlers {
  constructor(private readonly ledger: LedgerService) {}

  @Handle(analyticsApi.ledger)
  read(): Promise<Ledger> {
    return this.ledger.read();
  }
}
