import { event, query, service, stream } from '@viewora/contracts/service';
import { z } from 'zod';

export const greeterApi = service('greeter', {
  greet: query({
    summary: 'Greets',
    access: 'internal',
    input: z.object({ name: z.string().max(20) }),
    output: z.object({ text: z.string() }),
  }),
  count: stream({
    summary: 'Counts',
    access: 'internal',
    input: z.object({ to: z.number().int() }),
    output: z.object({ i: z.number() }),
  }),
  greeted: event({ summary: 'Somebody was greeted', payload: z.object({ name: z.string() }) }),
});
