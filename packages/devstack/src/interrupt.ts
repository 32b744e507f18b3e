/** Why a signal is aborted: the person at the terminal asked to stop. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

export interface Interrupt {
  /** Fires with {@link Interrupted} at the first Ctrl-C, SIGTERM or closed terminal. */
  signal: AbortSignal;
  /** What a second Ctrl-C does. */
  onSecond(action: () => Promise<unknown>): void;
}

/** One press of Ctrl-C can arrive twice: from the terminal, and passed on by npm and the bootstrap. */
const samePressMs = 700;

/** Takes over the process's signals; to be called once. */
export function listenForInterrupt(): Interrupt {
  const controller = new AbortController();
  let firstAt = 0;
  let second: () => Promise<unknown> = async () => {};
  const interrupt = () => {
    if (!controller.signal.aborted) {
      firstAt = Date.now();
      controller.abort(new Interrupted('Interrupted'));
    } else if (Date.now() - firstAt > samePressMs) {
      void second().finally(() => process.exit(130));
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  // The bootstrap holds the other end of this channel: if it is killed, nobody is left to pass signals on.
  process.on('disconnect', interrupt);
  process.channel?.unref();
  return {
    signal: controller.signal,
    onSecond(action) {
      second = action;
    },
  };
}

/** Resolves when the signal fires. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
