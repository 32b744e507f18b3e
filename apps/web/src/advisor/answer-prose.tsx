import { Link } from 'react-router';
import { marketAddress } from '../markets/market-address.ts';
import type { Citation } from './answer-view.ts';
import { type Inline, proseBlocks, sourcesOf } from './prose.ts';

interface ProseProps {
  prose: string;
  citations: readonly Citation[];
}

/** What is said, with a number where it leans on something. What is new appears softly, and moves nothing above it. */
export function AnswerProse({ prose, citations }: ProseProps) {
  return (
    <div className="grid max-w-prose gap-3 text-base">
      {proseBlocks(prose, citations).map(({ at, kind, lines }) =>
        kind === 'list' ? (
          <ul key={at} className="grid list-disc gap-1.5 pl-5">
            {lines.map((line) => (
              <li key={line.at} className="animate-appear">
                <Line parts={line.parts} />
              </li>
            ))}
          </ul>
        ) : (
          <p key={at}>
            <Line parts={lines[0]?.parts ?? []} />
          </p>
        ),
      )}
    </div>
  );
}

function Line({ parts }: { parts: readonly Inline[] }) {
  return parts.map((part) =>
    part.kind === 'citation' ? (
      <CitationMark key={part.at} citation={part.citation} />
    ) : (
      <span key={part.at} className="animate-appear">
        {part.text}
      </span>
    ),
  );
}

function CitationMark({ citation }: { citation: Citation }) {
  return (
    <Link
      to={citationAddress(citation)}
      title={citation.title}
      className="mx-0.5 inline-grid min-w-5 place-items-center rounded-full border border-hairline px-1 align-[0.2em] text-xs leading-4 text-muted transition-colors hover:border-accent hover:text-accent"
    >
      <span aria-hidden>{citation.number}</span>
      <span className="sr-only">
        Source {citation.number}: {citation.title}
      </span>
    </Link>
  );
}

/** All that was leaned on, once. */
export function Sources({ citations }: { citations: readonly Citation[] }) {
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
              <span className="truncate">{citation.title}</span>
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
