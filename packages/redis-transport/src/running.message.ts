import { Stopped, type StopReason } from '@viewora/contracts/call';

/** A message this replica has taken and not yet acknowledged. It fills one slot. */
export class RunningMessage {
  /** Another replica has taken the message over; what we make of it no longer counts. */
  isLost = false;
  /** The request's own id, once its envelope has been read. */
  callId: string | undefined;
  #controller: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped: StopReason | undefined;

  constructor(
    /** Stream entry id. */
    readonly entryId: string,
    readonly envelopeText: string,
    readonly bodyText: string,
    /** Deliveries so far, 1 on the first. */
    readonly delivery: number,
  ) {}

  /** Made on first use, timer included: most handlers never look, and both cost more than the rest of a message. */
  signal(deadlineInMs: number | undefined): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#stopped) this.#controller.abort(new Stopped(this.#stopped));
      else if (deadlineInMs !== undefined) {
        this.#timer = setTimeout(() => this.stop('deadline passed'), deadlineInMs);
        this.#timer.unref();
      }
    }
    return this.#controller.signal;
  }

  stop(reason: StopReason): void {
    this.#stopped ??= reason;
    this.#controller?.abort(new Stopped(reason));
  }

  /** The work has ended. */
  settle(): void {
    clearTimeout(this.#timer);
  }
}
