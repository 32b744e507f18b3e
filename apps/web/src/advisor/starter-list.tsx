import { useQuery } from '@tanstack/react-query';
import { marketsQuery } from '../api/market-queries.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { starterQuestions } from './starters.ts';

const places = [1, 2, 3, 4];

/** Before anything is asked: what could be. */
export function StarterList({ onAsk }: { onAsk: (question: string) => void }) {
  const markets = useQuery(marketsQuery('city'));
  const isKnown = markets.isSuccess || markets.isError;
  return (
    <ul aria-label="Questions to begin with" className="grid gap-2">
      {isKnown
        ? starterQuestions(markets.data?.items ?? []).map((question) => (
            <li key={question}>
              <button
                type="button"
                onClick={() => onAsk(question)}
                className="min-h-12 w-full rounded-card border border-hairline bg-surface px-4 py-2.5 text-left text-base transition-colors hover:border-edge hover:bg-sunken"
              >
                {question}
              </button>
            </li>
          ))
        : places.map((i) => (
            <li key={i}>
              <Skeleton className="h-12 rounded-card!" />
            </li>
          ))}
    </ul>
  );
}
