import { setTimeout as delay } from 'node:timers/promises';
import { BrokenCircuitError, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import type { Logger } from 'pino';
import type { GeminiEnv } from '../env.ts';
import { type CallOptions, LanguageModelError, type LanguageModelErrorCode } from './language-model.ts';

/** What may be otherwise at the next try, and tells that the model is not well. */
const transient = new Set<LanguageModelErrorCode>(['rate_limited', 'unavailable', 'timed_out']);

const isTransient = (error: unknown): error is LanguageModelError =>
  error instanceof LanguageModelError && transient.has(error.code);

/**
 * How one model is called: a few tries within a deadline, with waits between them, and none for a while after it has failed
 * time and again. Each model has a policy of its own, so that no backlog of embeddings cuts off conversations.
 */
export class CallPolicy {
  private readonly circuit;
  private openedAtMs = 0;

  constructor(
    private readonly env: GeminiEnv,
    private readonly logger: Logger,
  ) {
    this.circuit = circuitBreaker(
      handleWhen((error) => this.isFailure(error)),
      {
        halfOpenAfter: env.GEMINI_CIRCUIT_OPEN_MS,
        breaker: new ConsecutiveBreaker(env.GEMINI_CIRCUIT_FAILURES),
      },
    );
    this.circuit.onBreak(() => {
      this.openedAtMs = performance.now();
    });
    this.circuit.onStateChange((state) =>
      logger.warn({ circuit: CircuitState[state] }, 'circuit of the model changed'),
    );
  }

  /**
   * What `work` gives, at the first try that succeeds. Not cockatiel's retry: its waits know neither a deadline nor an abort.
   * @throws LanguageModelError as `work` and `admit` do; `timed_out`; `unavailable` while the circuit is open. Or the caller's reason.
   */
  async run<T>(work: (attempt: Attempt) => Promise<T>, { signal, admit }: CallOptions = {}): Promise<T> {
    const endsAtMs = performance.now() + this.env.GEMINI_DEADLINE_MS;
    const deadline = abortedAfter(this.env.GEMINI_DEADLINE_MS);
    const call = signal ? AbortSignal.any([signal, deadline]) : deadline;
    for (let failures = 1; ; failures++) {
      call.throwIfAborted();
      const failed = await admit?.();
      const attempt = new Attempt(call, this.env.GEMINI_STALL_TIMEOUT_MS);
      try {
        return await this.throughCircuit(() => attempt.wait(work(attempt)));
      } catch (thrown) {
        attempt.end();
        const isRefused = thrown instanceof BrokenCircuitError;
        const error: unknown = isRefused ? this.circuitOpen() : thrown;
        await failed?.(error);
        if (isRefused || !isTransient(error) || failures > this.env.GEMINI_RETRIES) throw error;
        const waitMs = retryWaitMs(failures, this.env.GEMINI_RETRY_MS, error.retryAfterMs);
        if (performance.now() + waitMs >= endsAtMs) throw error;
        this.logger.info({ code: error.code, waitMs: Math.round(waitMs) }, 'model is asked again');
        await delay(waitMs, undefined, { signal: call }).catch(() => undefined);
      }
    }
  }

  /** Whether calls are refused for now. Once its time is over the circuit is open still, until somebody calls. */
  get isRefusing(): boolean {
    return this.circuit.state === CircuitState.Open && this.leftMs() > 0;
  }

  private throughCircuit<T>(work: () => Promise<T>): Promise<T> {
    // One request finds out whether the model is back. cockatiel would let the others wait for it.
    if (this.circuit.state === CircuitState.HalfOpen) throw new BrokenCircuitError();
    return this.circuit.execute(work);
  }

  private circuitOpen(): LanguageModelError {
    return new LanguageModelError('unavailable', 'the circuit is open', Math.max(Math.ceil(this.leftMs()), 0));
  }

  private leftMs(): number {
    return this.openedAtMs + this.env.GEMINI_CIRCUIT_OPEN_MS - performance.now();
  }

  /** The request that finds out must have an answer, be it a refusal: one that its caller gives up says nothing. */
  private isFailure(error: unknown): boolean {
    if (error instanceof LanguageModelError) return isTransient(error);
    return this.circuit.state === CircuitState.HalfOpen;
  }
}

/** One try. It ends with its call, and when nothing has been heard for too long. */
export class Attempt {
  /** For the request upstream. */
  readonly signal: AbortSignal;
  private readonly own = new AbortController();

  constructor(
    call: AbortSignal,
    private readonly stallTimeoutMs: number,
  ) {
    this.signal = AbortSignal.any([call, this.own.signal]);
  }

  /** What upstream says next. @throws LanguageModelError `timed_out` when it is silent; or why the call has ended */
  async wait<T>(next: Promise<T>): Promise<T> {
    const silent = new LanguageModelError('timed_out', `the model was silent for ${this.stallTimeoutMs} ms`);
    const timer = setTimeout(() => this.own.abort(silent), this.stallTimeoutMs);
    try {
      const said = await next;
      // What it has said before may still be underway.
      this.signal.throwIfAborted();
      return said;
    } catch (error) {
      // A request that was ended fails in words of its own.
      this.signal.throwIfAborted();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Closes the connection, if it is still needed for something. */
  end(): void {
    this.own.abort();
  }
}

/**
 * Milliseconds until the next try: twice as long after each failure, half of it by chance, so that those who failed together
 * do not come back together; counted from when the model itself has said that another try is worth it.
 */
export function retryWaitMs(failures: number, firstMs: number, retryAfterMs = 0, random = Math.random): number {
  const backoffMs = firstMs * 2 ** (failures - 1);
  return retryAfterMs + (backoffMs / 2) * (1 + random());
}

function abortedAfter(deadlineMs: number): AbortSignal {
  const controller = new AbortController();
  const late = new LanguageModelError('timed_out', `there was no whole answer within ${deadlineMs} ms`);
  setTimeout(() => controller.abort(late), deadlineMs).unref();
  return controller.signal;
}
