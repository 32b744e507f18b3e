import { Injectable } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { AuditEntry } from '@viewora/contracts/admin';
import type { Call } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import type { ParsedInputOf } from '@viewora/contracts/service';
import { type Page, pageOf, positionOf } from '@viewora/database/keyset';
import { v5 as uuidv5 } from 'uuid';
import type { Nothing } from '../nothing.ts';
import { Transactions } from '../transactions.ts';
import { AuditRepository } from './audit.repository.ts';

/** Jobs have names, and the log has ids: the same name gives the same id. */
const jobNamespace = '5b0f2f0e-6f0a-4f6e-9d37-3f3f5d7c1a52';

@Injectable()
export class AuditService {
  constructor(
    private readonly audits: AuditRepository,
    private readonly transactions: Transactions,
  ) {}

  async list(filter: ParsedInputOf<typeof accountsApi.audit>): Promise<Page<AuditEntry>> {
    const found = await this.audits.list(filter, positionOf(filter.cursor));
    return pageOf(found, filter.limit, (entry) => entry);
  }

  /** @throws AppError `forbidden` for anybody but an administrator */
  noteJobAct(act: ParsedInputOf<typeof accountsApi.noteJobAct>, call: Call): Promise<Nothing> {
    const { actor } = call;
    if (actor.kind !== 'user' || actor.role !== 'admin') throw new AppError('forbidden', 'Only administrators may');
    const { action, queue, jobId } = act;
    return this.transactions.once(accountsApi.noteJobAct, act, call, async (tx) => {
      const label = jobId === null ? `all of the queue ${queue}` : `${queue} ${jobId}`;
      const target = { kind: 'job' as const, id: uuidv5(label, jobNamespace), label };
      await this.audits.add(tx, { actorId: actor.userId, action, target, about: null });
      return {};
    });
  }
}
