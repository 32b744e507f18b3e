import type { DescribedFacts } from '@viewora/contracts/listing-text';
import type { Draft } from '../api/listing-text-queries.ts';

/** What the drafter needs of the world. */
export interface DrafterPorts {
  ask: (facts: DescribedFacts, signal: AbortSignal) => Promise<Draft>;
  /** Remembers, beyond this page, the words that a draft has taken the place of; null where they are not needed any more. */
  keepFormer: (former: string | null) => void;
}

export interface WrittenDraft extends Draft {
  facts: DescribedFacts;
}

export type Drafting =
  | { state: 'idle' }
  | { state: 'asked' }
  | { state: 'failed'; error: Error }
  /** Beside the field, which stays as it is. `by` is null where it has been in the field, and may have been changed there. */
  | { state: 'offered'; text: string; by: WrittenDraft | null }
  /** In the field, whose own words are kept. */
  | { state: 'taken'; former: string };

const idle: Drafting = { state: 'idle' };

/** A draft of a description, from being asked for until its reader has decided. Whatever they decide, no words are lost. */
export class DescriptionDrafter {
  private current: Drafting;
  private asking: AbortController | null = null;
  private readonly listeners = new Set<() => void>();
  private readonly ports: DrafterPorts;

  constructor(ports: DrafterPorts, former: string | null) {
    this.ports = ports;
    this.current = former === null ? idle : { state: 'taken', former };
  }

  readonly state = (): Drafting => this.current;

  readonly subscribe = (notify: () => void): (() => void) => {
    this.listeners.add(notify);
    return () => this.listeners.delete(notify);
  };

  async ask(facts: DescribedFacts): Promise<void> {
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    this.set({ state: 'asked' });
    try {
      const draft = await this.ports.ask(facts, asking.signal);
      if (this.asking === asking) this.set({ state: 'offered', text: draft.text, by: { ...draft, facts } });
    } catch (error) {
      if (this.asking !== asking) return;
      this.set({ state: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
    }
  }

  /** Whatever is asked for is not waited for any more. */
  stop(): void {
    this.asking?.abort();
    this.asking = null;
    if (this.current.state === 'asked') this.set(idle);
  }

  /** The draft is wanted, in the place of the field's words or below them: gives what the field says then. */
  take(former: string, where: 'instead' | 'below'): string {
    if (this.current.state !== 'offered') return former;
    const { text } = this.current;
    this.ports.keepFormer(former === '' ? null : former);
    this.set({ state: 'taken', former });
    return where === 'below' ? `${former.trimEnd()}\n\n${text}` : text;
  }

  /** The former words go back into the field; what stood there instead is on offer, with what was changed in it. */
  undo(text: string): string {
    if (this.current.state !== 'taken') return text;
    const { former } = this.current;
    this.ports.keepFormer(null);
    this.set({ state: 'offered', text, by: null });
    return former;
  }

  /** Decided: the draft is not wanted, or the words that were there before it. */
  settle(): void {
    this.ports.keepFormer(null);
    this.set(idle);
  }

  private set(next: Drafting): void {
    this.current = next;
    for (const notify of this.listeners) notify();
  }
}
