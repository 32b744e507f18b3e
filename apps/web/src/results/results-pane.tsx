import { useDeferredValue, useEffect, useState } from 'react';
import { watchCards } from '../analytics/record.ts';
import { errorMessage } from '../api/error-message.ts';
import type { Spotlight } from '../map/spotlight.ts';
import { PrivacyLink } from '../privacy/privacy-link.tsx';
import type { Results } from '../search/use-results.ts';
import { Button } from '../ui/button.tsx';
import { FootLink } from '../ui/foot-link.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';
import { Notice } from '../ui/notice.tsx';
import { useElementSize } from '../ui/use-element-size.ts';
import { ResultsList } from './results-list.tsx';
import { ResultsSkeleton } from './results-skeleton.tsx';

interface ResultsPaneProps {
  results: Results;
  selected: string | null;
  spotlight: Spotlight;
  onOpen: (id: string) => void;
  empty: React.ReactNode;
}

/** The list in whichever state it is. */
export function ResultsPane({ results, selected, spotlight, onOpen, empty }: ResultsPaneProps) {
  // The count is painted before the cards are drawn: on a slow phone those take longer than all the rest.
  const drawn = useDeferredValue(results);
  const { homes, items, total, search } = drawn;
  const [scrollElement, setScrollElement] = useState<HTMLElement | null>(null);
  const [measure, size] = useElementSize();
  const question = JSON.stringify(search);
  // What another search found, and is still shown, was seen there.
  const isAnswer = !homes.isPlaceholderData;
  useEffect(() => {
    if (scrollElement && isAnswer) return watchCards(scrollElement);
  }, [scrollElement, question, isAnswer]);

  return (
    <div
      ref={setScrollElement}
      id="results"
      tabIndex={-1}
      aria-busy={results.homes.isFetching || drawn !== results}
      className="scroll-quiet relative min-h-0 flex-1 overflow-y-auto pb-6 outline-none"
    >
      <div ref={measure} className={`transition-opacity ${homes.isPlaceholderData ? 'opacity-60' : ''}`}>
        {homes.isError && items.length === 0 ? (
          <LoadFailure title="The homes could not be loaded" error={homes.error} onRetry={homes.refetch} />
        ) : !size || total === null ? (
          size && <ResultsSkeleton width={size.width} />
        ) : total.value === 0 && !homes.isPlaceholderData ? (
          empty
        ) : (
          scrollElement && (
            <ResultsList
              question={question}
              items={items}
              total={total.relation === 'exact' ? total.value : -1}
              selected={selected}
              spotlight={spotlight}
              width={size.width}
              hasMore={homes.hasNextPage && !homes.isFetchingNextPage && !homes.isError}
              onMore={homes.fetchNextPage}
              onOpen={onOpen}
              scrollElement={scrollElement}
              footer={<ListFooter homes={homes} />}
            />
          )
        )}
      </div>
    </div>
  );
}

/** More come by themselves; the button is for when they do not. */
function ListFooter({ homes }: { homes: Results['homes'] }) {
  if (homes.isFetchNextPageError) {
    return (
      <Notice
        role="alert"
        title="The next homes could not be loaded"
        action={<Button onClick={() => homes.fetchNextPage()}>Try again</Button>}
      >
        {errorMessage(homes.error)}
      </Notice>
    );
  }
  if (!homes.hasNextPage) return <FootLinks />;
  return (
    <div className="px-5 pt-2">
      <Button className="w-full" aria-disabled={homes.isFetchingNextPage} onClick={() => homes.fetchNextPage()}>
        {homes.isFetchingNextPage ? 'Loading more homes' : 'Load more homes'}
      </Button>
    </div>
  );
}

function FootLinks() {
  return (
    <nav aria-label="Elsewhere" className="flex flex-wrap gap-x-6 px-5">
      <FootLink to="/advisor">Ask the advisor</FootLink>
      <FootLink to="/trending">Trending homes</FootLink>
      <FootLink to="/markets">What homes cost</FootLink>
      <PrivacyLink />
    </nav>
  );
}
