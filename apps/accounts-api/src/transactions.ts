import { Injectable } from '@nestjs/common';
import type { Call } from '@viewora/contracts/call';
import type { AnyOperation } from '@viewora/contracts/service';
import { runOnce } from '@viewora/database/idempotency';
import { handleOnce, type InboxMessage } from '@viewora/database/inbox';
import { DataSource, type EntityManager } from 'typeorm';

/** An open transaction, handed from a service to the repositories that take part in it. */
export type Transaction = EntityManager;

/** Undoes the transaction that only looked whether there is a stored reply. */
const nothingStored = new Error('nothing stored');

/** Where services begin what several repositories do together or not at all. */
@Injectable()
export class Transactions {
  constructor(private readonly dataSource: DataSource) {}

  run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(work);
  }

  /**
   * A command's one effect. `input` is kept as a hash to tell a repeat from another request, so no password may be in
   * it: a fast hash is all that a thief of the table would need. Replies are stored and hold nothing secret either.
   */
  once<T>(operation: AnyOperation, input: unknown, call: Call, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return runOnce(this.dataSource, operation.name, input, call, work);
  }

  /** An event's one effect. */
  onceFor(message: InboxMessage, effect: (tx: Transaction) => Promise<void>): Promise<boolean> {
    return this.run((tx) => handleOnce(tx, message, () => effect(tx)));
  }

  /** Whether the command has had its effect; a repeat may not fail on what the first has changed. */
  async isDone(operation: AnyOperation, input: unknown, call: Call): Promise<boolean> {
    const look = this.once(operation, input, call, () => Promise.reject(nothingStored));
    return look.then(
      () => true,
      (error: unknown) => {
        if (error === nothingStored) return false;
        throw error;
      },
    );
  }
}
