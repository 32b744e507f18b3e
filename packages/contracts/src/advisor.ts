import { z } from 'zod';
import { cacheSeconds } from './listing.ts';
import { query, service } from './service.ts';
import { isProse } from './text.ts';
import { longestQuestion, Understanding } from './understanding.ts';

export const advisorApi = service('advisor', {
  parse: query({
    summary: 'Turn a question in plain words into a filter, and say what was understood and what was not',
    access: 'public',
    input: z.object({
      text: z
        .string()
        .trim()
        .min(1)
        .max(longestQuestion)
        .refine(isProse, 'must not contain control characters')
        .describe('English first; numerals, units and common words of Hindi and Malayalam are understood too'),
    }),
    output: Understanding,
    // The same for everybody: no session is looked at.
    http: { method: 'POST', path: '/advisor/parse', rateClass: 'read', cacheSeconds },
  }),
});
