import { z } from 'zod';
import { event, query, service } from './service.ts';

test('an operation is named after its service and key', () => {
  const api = service('greeting', {
    greet: query({ summary: 'Greets', access: 'public', input: z.object({ name: z.string() }), output: z.string() }),
    greeted: event({ summary: 'Somebody was greeted', payload: z.object({ name: z.string() }) }),
  });
  expect(api.greet).toMatchObject({ name: 'greeting.greet', service: 'greeting', kind: 'query', timeoutMs: 5000 });
  expect(api.greeted).toMatchObject({ name: 'greeting.greeted', service: 'greeting', kind: 'event' });
  expect(Object.keys(api.operations)).toEqual(['greet', 'greeted']);
});
