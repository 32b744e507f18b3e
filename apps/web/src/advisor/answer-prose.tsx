import type { AdvisedListing } from '@viewora/contracts/answer';
import { Fragment, type ReactNode } from 'react';
import { Link } from 'react-router';
import { formatPriceShort } from '../format/money.ts';
import type { Spotlight } from '../map/spotlight.ts';
import { marketAddress } from '../markets/market-address.ts';
import type { Citation } from './answer-view.ts';
import { type Inline, proseBlocks, sourcesOf } from './prose.ts';

interface SourcesProps {
  citations: readonly Citation[];
  /** Of the answer, by which homes of the same title are told apart. */
  homes: readonly AdvisedListing[];
}

interface ProseProps extends SourcesProps {
  prose: string;
  spotlight: Spotlight;
}

/** What is said, with a number where it leans on something. What is new appears softly, and moves nothing above it. */
export function AnswerProse({ prose, citations, homes, spotlight }: ProseProps) {
  const markOf = (citation: Citation) => (
    <CitationMark key={citation.number} citation={citation} home={homeOf(citation, homes)} spotlight={spotlight} />
  );
  return (
    <div className="grid max-w-prose gap-3 text-base">
      {proseBlocks(prose, citations).map(({ at, kind, lines }) =>
        kind === 'list' ? (
          <ul key={at} className="grid list-disc gap-1.5 pl-5">
            {lines.map((line) => (
              <li key={line.at} className="animate-appear">
                <Line parts={line.parts} markOf={markOf} />
              </li>
            ))}
          </ul>
        ) : (
          <p key={at}>
            <Line parts={lines[0]?.parts ?? []} markOf={markOf} />
          </p>
        ),
      )}
    </div>
  );
}

function Line({ parts, markOf }: { parts: readonly Inline[]; markOf: (citation: Citation) => ReactNode }) {
  return parts.map((part) =>
    part.kind === 'citation' ? (
      <Fragment key={part.at}>{markOf(part.citation)}</Fragment>
    ) : (
      <span key={part.at} className="animate-appear">
        {part.text}
      </span>
    ),
  );
}

interface CitationMarkProps {
  citation: Citation;
  home: AdvisedListing | undefined;
  spotlight: Spotlight;
}

/** A number that leads to the source. Of a home, it lifts the pin and the card too. */
function CitationMark({ citation, home, spotlight }: CitationMarkProps) {
  const point = () => home && spotlight.point(home);
  const leave = () => spotlight.current()?.id === home?.id && spotlight.point(null);
  return (
    <Link
      to={citationAddress(citation)}
      title={sourceText(citation, home)}
      onPointerEnter={point}
      onPointerLeave={leave}
      onFocus={point}
      onBlur={leave}
      className="relative mx-0.5 inline-grid min-w-5 place-items-center rounded-full border border-hairline px-1 align-[0.2em] text-xs leading-4 text-muted transition-colors after:absolute after:-inset-1.5 hover:border-accent hover:text-accent"
    >
      <span aria-hidden>{citation.number}</span>
      <span className="sr-only">
        Source {citation.number}: {sourceText(citation, home)}
      </span>
    </Link>
  );
}

function homeOf({ kind, id }: Citation, homes: readonly AdvisedListing[]): AdvisedListing | undefined {
  return kind === 'listing' ? homes.find((home) => home.id === id) : undefined;
}

function sourceText({ kind, title }: Citation, home: AdvisedListing | undefined): string {
  if (kind === 'market') return `Prices in ${title}`;
  return home ? `${title}, ${formatPriceShort(home.priceMinor, home.currency)}` : title;
}

/** All that was leaned on, once. */
export function Sources({ citations, homes }: SourcesProps) {
  if (citations.length === 0) return null;
  return (
    <nav aria-label="Sources" className="text-sm">
      <ol className="flex flex-wrap gap-x-5 gap-y-1">
        {sourcesOf(citations).map((citation) => (
          <li key={citation.number} className="min-w-0">
            <Link
              to={citationAddress(citation)}
              className="thumb flex items-baseline gap-1.5 rounded-sm text-muted underline-offset-4 hover:text-ink hover:underline"
            >
              <span className="text-xs">{citation.number}</span>
              <span className="truncate">{sourceText(citation, homeOf(citation, homes))}</span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function citationAddress({ kind, id }: Citation): string {
  return kind === 'listing' ? `/homes/${id}` : marketAddress(id);
}
