import { Injectable } from '@nestjs/common';
import type { accountsApi } from '@viewora/contracts/accounts';
import type { AuditEntry } from '@viewora/contracts/admin';
import type { ParsedInputOf } from '@viewora/contracts/service';
import { type Page, pageOf, positionOf } from '../keyset.ts';
import { AuditRepository } from './audit.repository.ts';

@Injectable()
export class AuditService {
  constructor(private readonly audits: AuditRepository) {}

  async list(filter: ParsedInputOf<typeof accountsApi.audit>): Promise<Page<AuditEntry>> {
    const found = await this.audits.list(filter, positionOf(filter.cursor));
    return pageOf(found, filter.limit, (entry) => entry);
  }
}
