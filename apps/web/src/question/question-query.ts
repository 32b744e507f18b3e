import { queryOptions } from '@tanstack/react-query';

const staysTrueMs = 60_000;

/** What a text means. Its code comes with the first question: most people type a place. */
export function questionQuery(text: string) {
  return queryOptions({
    queryKey: ['question', text],
    queryFn: async ({ signal }) => (await import('./ask.ts')).ask(text, signal),
    staleTime: staysTrueMs,
    // Words can be looked for at once; whoever waits for this would wait longer.
    retry: false,
  });
}
