import { service, stream } from '@viewora/contracts/service';
import { lastValueFrom, type Observable, toArray } from 'rxjs';
import { z } from 'zod';
import { currentCall } from './current-call.ts';
import { Handle } from './handle.ts';

const api = service('lab', {
  words: stream({ summary: 'for tests', access: 'internal', input: z.object({}), output: z.unknown() }),
});

class LabHandlers {
  @Handle(api.words)
  async *words(): AsyncGenerator<unknown> {
    yield currentCall()?.requestId;
    await Promise.resolve();
    yield currentCall()?.requestId;
  }
}

test('every step of a stream runs in the scope of its call, however far in', async () => {
  const call = {
    id: 'id',
    actor: { kind: 'anonymous' },
    requestId: 'mine',
    delivery: 1,
    signal: new AbortController().signal,
  };
  const handle = new LabHandlers().words as unknown as (body: object, context: object) => Promise<Observable<unknown>>;
  const parts = await handle({}, { getCall: () => call });
  expect(currentCall()).toBeUndefined();
  expect(await lastValueFrom(parts.pipe(toArray()))).toEqual(['mine', 'mine']);
});
