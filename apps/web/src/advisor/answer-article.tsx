import { useId } from 'react';
import type { Spotlight } from '../map/spotlight.ts';
import { totalText } from '../search/total-text.ts';
import { AdvisedHomes } from './advised-homes.tsx';
import { AnswerEnd } from './answer-end.tsx';
import { AnswerProse, Sources } from './answer-prose.tsx';
import { type AnswerResults, currencyOf } from './answer-view.ts';
import { AreaView } from './area-view.tsx';
import { ComparisonView } from './comparison-view.tsx';
import { PlacesView } from './places-view.tsx';
import { PriceCheckView } from './price-check-view.tsx';
import type { Turn } from './turn.ts';
import { UnderstoodFilter } from './understood-filter.tsx';

interface AnswerArticleProps {
  conversationId: string;
  turn: Turn;
  spotlight: Spotlight;
  selected: string | null;
  isLast: boolean;
  /** Asks again, without a part of what was asked. */
  onDrop: (without: string) => void;
  onRetry: () => void;
}

/** A question and what is said to it, in the order in which it comes, so that nothing that is read moves. */
export function AnswerArticle({
  conversationId,
  turn,
  spotlight,
  selected,
  isLast,
  onDrop,
  onRetry,
}: AnswerArticleProps) {
  const id = useId();
  const { question, answer } = turn;
  const { filter, results, prose, citations, state } = answer;
  const homes = results?.items ?? [];
  return (
    <article aria-labelledby={id} aria-busy={state === 'answering'} className="grid grid-cols-1 gap-4">
      <h2 id={id} className="ml-auto max-w-[85%] rounded-card bg-accent-soft px-4 py-2.5 text-base whitespace-pre-wrap">
        {question}
      </h2>
      {filter && (
        <UnderstoodFilter
          understood={filter}
          conversationId={conversationId}
          currency={currencyOf(answer)}
          onDrop={isLast && state !== 'answering' ? onDrop : undefined}
        />
      )}
      {results && <Findings results={results} spotlight={spotlight} selected={selected} />}
      {prose !== '' && <AnswerProse prose={prose} citations={citations} homes={homes} spotlight={spotlight} />}
      {state === 'answering' && <Writing hasProse={prose !== ''} />}
      {state !== 'answering' && <Sources citations={citations} homes={homes} />}
      {state !== 'answering' && (
        <AnswerEnd conversationId={conversationId} turn={turn} isLast={isLast} onRetry={onRetry} />
      )}
    </article>
  );
}

interface FindingsProps {
  results: AnswerResults;
  spotlight: Spotlight;
  selected: string | null;
}

/** A comparison and a price check have their homes in them; else these stand by themselves. */
function Findings({ results, spotlight, selected }: FindingsProps) {
  const { items, comparison, area, areas = [], priceCheck } = results;
  if (comparison) return <ComparisonView comparison={comparison} homes={items} />;
  return (
    <>
      {areas.length > 0 && <PlacesView areas={areas} />}
      {area && <AreaView area={area} homes={items} />}
      {priceCheck && <PriceCheckView check={priceCheck} homes={items} />}
      {items.length > 0 && (
        <div>
          {!area && !priceCheck && <p className="mb-1 text-sm text-muted">{shownText(results)}</p>}
          <AdvisedHomes homes={items} spotlight={spotlight} selected={selected} />
        </div>
      )}
    </>
  );
}

function shownText({ items, total, areas = [] }: AnswerResults): string {
  if (total.value <= items.length) return totalText(total);
  const shown = areas.length > 0 ? `The best of each place, ${items.length}` : `The best ${items.length}`;
  return `${shown} of ${totalText(total)}`;
}

/** Something is on its way. What is said aloud is said elsewhere. */
function Writing({ hasProse }: { hasProse: boolean }) {
  return (
    <p aria-hidden className="flex h-6 items-center gap-2 text-sm text-muted">
      <span className="size-2 animate-breathe rounded-full bg-accent" />
      {!hasProse && 'Looking'}
    </p>
  );
}
