/**
 * Runs `work` every `everyMs`, give or take a tenth so that replicas started together drift apart, and never twice at once.
 * Returns what ends it; that resolves when no work is under way any more.
 */
export function periodically(
  everyMs: number,
  work: () => Promise<unknown>,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let isStopped = false;
  function schedule(): void {
    if (isStopped) return;
    timer = setTimeout(
      () => {
        running = work().catch(onError).finally(schedule);
      },
      everyMs * (0.9 + Math.random() * 0.2),
    );
    timer.unref();
  }
  schedule();
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await running;
  };
}
