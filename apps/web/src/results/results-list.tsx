import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import type { ListingItem } from '@viewora/contracts/listing';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useNavigationType } from 'react-router';
import { useBadges } from '../badges/badge.ts';
import { isSameDay } from '../format/dates.ts';
import type { Spotlight } from '../map/spotlight.ts';
import { cardTextPx, ListingCard } from './listing-card.tsx';
import { readScroll, saveScroll } from './scroll-memory.ts';

const gapPx = 20;
const sidePx = 20;
const narrowestCardPx = 230;
const rowsAhead = 3;

interface ResultsListProps {
  /** What the list answers: another question starts at the top, the same one where it was left. */
  question: string;
  items: readonly ListingItem[];
  total: number;
  selected: string | null;
  spotlight: Spotlight;
  width: number;
  hasMore: boolean;
  onMore: () => void;
  onOpen: (id: string) => void;
  footer: ReactNode;
  scrollElement: HTMLElement;
}

/** Columns and measures of the grid of cards: the skeleton uses the same, so that nothing moves when homes arrive. */
export function gridOf(width: number): { columns: number; card: number; row: number } {
  const inner = Math.max(0, width - 2 * sidePx);
  const columns = Math.max(1, Math.floor((inner + gapPx) / (narrowestCardPx + gapPx)));
  const card = (inner - gapPx * (columns - 1)) / columns;
  return { columns, card, row: (card * 3) / 4 + cardTextPx + gapPx };
}

/** The cards, of which only those near the screen exist. */
export function ResultsList(props: ResultsListProps) {
  const { question, items, total, selected, spotlight, width, hasMore, onMore, onOpen, scrollElement } = props;
  const { columns, card, row } = gridOf(width);
  const rows = Math.ceil(items.length / columns);
  const [focusedRow, setFocusedRow] = useState<number | null>(null);
  const newIsNews = items.some(({ listedAt }) => !isSameDay(listedAt));

  const virtualizer = useVirtualizer({
    count: rows,
    getScrollElement: () => scrollElement,
    estimateSize: () => row,
    overscan: 2,
    initialOffset: () => readScroll(question),
    // The card that has the focus stays, however far its list is scrolled: focus would be lost with it.
    rangeExtractor: useCallback(
      (range: Parameters<typeof defaultRangeExtractor>[0]) => {
        const shown = defaultRangeExtractor(range);
        if (focusedRow === null || shown.includes(focusedRow) || focusedRow >= range.count) return shown;
        return [...shown, focusedRow].sort((a, b) => a - b);
      },
      [focusedRow],
    ),
  });
  // The measures changed, so what was measured is void.
  useEffect(() => virtualizer.measure(), [row, columns]);

  useScrollMemory(question, scrollElement);
  useBadges(items);

  const shown = virtualizer.getVirtualItems();
  useReturnedFocus(selected, shown.map(({ index }) => index).join(), scrollElement);
  const lastShown = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastShown >= rows - rowsAhead) onMore();
  }, [hasMore, lastShown, rows, onMore]);

  // A pin that was picked shows its card. Not a card that was opened, nor the one that was before a return: there the
  // list stays where the visitor has scrolled it.
  const settled = useRef(selected);
  useEffect(() => {
    if (selected === settled.current) return;
    settled.current = selected;
    const index = items.findIndex(({ id }) => id === selected);
    if (index >= 0) virtualizer.scrollToIndex(Math.floor(index / columns), { align: 'auto' });
  }, [selected, items, columns, virtualizer]);
  const openCard = useCallback(
    (id: string) => {
      settled.current = id;
      onOpen(id);
    },
    [onOpen],
  );

  return (
    <>
      <ol
        aria-label="Homes"
        className="relative"
        style={{ height: virtualizer.getTotalSize() }}
        onFocus={(event) => {
          const index = Number(event.target.closest('li')?.dataset.index);
          setFocusedRow(Number.isNaN(index) ? null : Math.floor(index / columns));
        }}
        onBlur={() => setFocusedRow(null)}
      >
        {shown.flatMap(({ index: rowIndex, start }) =>
          items.slice(rowIndex * columns, (rowIndex + 1) * columns).map((listing, column) => (
            <li
              key={listing.id}
              data-index={rowIndex * columns + column}
              aria-setsize={total}
              aria-posinset={rowIndex * columns + column + 1}
              className="absolute top-0 left-0"
              style={{ width: card, translate: `${sidePx + column * (card + gapPx)}px ${start}px` }}
            >
              <ListingCard
                listing={listing}
                newIsNews={newIsNews}
                spotlight={spotlight}
                isSelected={listing.id === selected}
                onOpen={openCard}
              />
            </li>
          )),
        )}
      </ol>
      {props.footer}
    </>
  );
}

function useScrollMemory(question: string, scrollElement: HTMLElement): void {
  const asked = useRef(question);
  useEffect(() => {
    if (asked.current !== question) scrollElement.scrollTo({ top: 0 });
    asked.current = question;
    const save = () => saveScroll(question, scrollElement.scrollTop);
    scrollElement.addEventListener('scroll', save, { passive: true });
    return () => scrollElement.removeEventListener('scroll', save);
  }, [question, scrollElement]);
}

/** Coming back from a listing, the focus is on the card that led there, as soon as that is drawn. */
function useReturnedFocus(selected: string | null, drawnRows: string, scrollElement: HTMLElement): void {
  const isReturn = useNavigationType() === 'POP';
  const isDone = useRef(!isReturn || selected === null);
  useEffect(() => {
    const card = isDone.current ? null : scrollElement.querySelector<HTMLElement>(`[data-card="${selected}"]`);
    if (!card) return;
    isDone.current = true;
    if (document.activeElement === document.body) card.focus({ preventScroll: true });
  }, [selected, drawnRows, scrollElement]);
}
