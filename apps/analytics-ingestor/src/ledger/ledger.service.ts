import { Injectable } from '@nestjs/common';
import type { Ledger } from '@viewora/contracts/analytics';
import { figuresAway } from '../unavailable.ts';
import { LedgerRepository } from './ledger.repository.ts';

const rejected = 'rejected:';

@Injectable()
export class LedgerService {
  constructor(private readonly ledger: LedgerRepository) {}

  /** @throws AppError `unavailable` while Redis is away */
  async read(): Promise<Ledger> {
    const lines = await this.ledger.read().catch(figuresAway);
    const count = (line: string) => lines.get(line) ?? 0;
    const reasons = [...lines].filter(([line]) => line.startsWith(rejected));
    return {
      received: count('received'),
      admitted: count('admitted'),
      duplicate: count('duplicate'),
      rejected: Object.fromEntries(reasons.map(([line, number]) => [line.slice(rejected.length), number])),
      quarantined: count('quarantined'),
    };
  }
}
