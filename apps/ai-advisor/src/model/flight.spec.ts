import { Flight } from './flight.ts';

function begin() {
  const gate = Promise.withResolvers<void>();
  let over = 0;
  let signal: AbortSignal | undefined;
  const flight = new Flight<string, number>(
    async (say, given) => {
      signal = given;
      say('a');
      await gate.promise;
      say('b');
      return 2;
    },
    () => {
      over += 1;
    },
  );
  return { flight, gate, isAborted: () => signal?.aborted, over: () => over };
}

test('who comes later gets all of it, too', async () => {
  const { flight, gate, over } = begin();
  const first = flight.follow();
  expect(await first.next()).toEqual({ done: false, value: 'a' });
  const second = flight.follow();
  gate.resolve();
  for (const expected of ['a', 'b']) expect((await second.next()).value).toBe(expected);
  expect([await second.next(), (await first.next()).value]).toEqual([{ done: true, value: 2 }, 'b']);
  expect(over()).toBe(1);
});

test('it goes on when the first has gone, be it by leaving or by a signal, and ends when the last has', async () => {
  const { flight, gate, isAborted, over } = begin();
  const controller = new AbortController();
  const [left, aborted, last] = [flight.follow(), flight.follow(controller.signal), flight.follow()];
  for (const one of [left, aborted, last]) await one.next();
  await left.return(0);
  const waiting = aborted.next();
  controller.abort(new Error('gone'));
  await expect(waiting).rejects.toThrow('gone');
  expect([isAborted(), over()]).toEqual([false, 0]);
  const rest = last.next();
  gate.resolve();
  expect(await rest).toEqual({ done: false, value: 'b' });
  const given = begin();
  const only = given.flight.follow();
  await only.next();
  await only.return(0);
  expect([given.isAborted(), given.over()]).toEqual([true, 1]);
});
