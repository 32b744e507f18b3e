import { freePort } from '@viewora/devstack/ports';

/**
 * Starts a server on a free port and gives what `start` gives. Another test can take the port before the server binds it,
 * so a few are tried; `start` must reject with the system's words, "address already in use".
 */
export async function onFreePort<Result>(start: (port: number) => Promise<Result>, attemptsLeft = 3): Promise<Result> {
  try {
    return await start(await freePort());
  } catch (error) {
    if (attemptsLeft === 0 || !/in use/i.test(String(error))) throw error;
    return onFreePort(start, attemptsLeft - 1);
  }
}
