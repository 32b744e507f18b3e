import { type Admit, LanguageModelError, type LanguageModelErrorCode } from '../model/language-model.ts';
import type { Amount, Reservation } from './budget.ts';

/** Where the model was not reached, or did not begin. After anything else it is not known what it has used. */
const unspent = new Set<LanguageModelErrorCode>([
  'unavailable',
  'rate_limited',
  'invalid_request',
  'unknown_model',
  'unauthorized',
]);

const nothing: Amount = { tokens: 0, microUsd: 0 };

/** What one call of the model costs. Each of its tries is held for by itself: one that is given up may have to be paid for. */
export class Bill {
  private held: Reservation | null;
  private isUnderWay = false;

  /** What the first try may use is held already. */
  constructor(
    first: Reservation,
    private readonly reserve: () => Promise<Reservation>,
    private readonly settle: (reservation: Reservation, used: Amount) => Promise<void>,
  ) {
    this.held = first;
  }

  readonly admit: Admit = async () => {
    this.held ??= await this.reserve();
    this.isUnderWay = true;
    return (reason) => {
      const isUnspent = reason instanceof LanguageModelError && unspent.has(reason.code);
      return this.end(isUnspent ? nothing : undefined);
    };
  };

  /** What the last try has used; all that was held, where that is not known. */
  async end(used?: Amount): Promise<void> {
    const { held, isUnderWay } = this;
    this.held = null;
    this.isUnderWay = false;
    if (held) await this.settle(held, isUnderWay ? (used ?? held.held) : nothing);
  }
}
