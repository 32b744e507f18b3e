/** Statements that one import keeps Postgres busy with: more would take its other cores from those who search. */
const usualLanes = 2;

/** Works through the items in order, two at a time; the first failure is thrown once all lanes have stopped. */
export async function inLanes<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
  laneCount = usualLanes,
): Promise<void> {
  const waiting = [...items];
  const lane = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      await work(item).catch((error: unknown) => {
        waiting.length = 0;
        throw error;
      });
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: laneCount }, lane));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
