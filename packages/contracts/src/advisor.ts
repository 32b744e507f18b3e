import { z } from 'zod';
import { conversationOperations } from './conversation.ts';
import { cacheSeconds } from './listing.ts';
import { listingTextOperations } from './listing-text.ts';
import { query, service } from './service.ts';
import { Question, Understanding } from './understanding.ts';

export const advisorApi = service('advisor', {
  parse: query({
    summary: 'Turn a question in plain words into a filter, and say what was understood and what was not',
    access: 'public',
    input: z.object({ text: Question }),
    output: Understanding,
    // The same for everybody: no session is looked at.
    http: { method: 'POST', path: '/advisor/parse', rateClass: 'read', cacheSeconds },
  }),
  ...conversationOperations,
  ...listingTextOperations,
});
