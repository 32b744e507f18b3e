import { useQuery } from '@tanstack/react-query';
import type { ListingDetail } from '@viewora/contracts/listing';
import type { HistoryEntry } from '@viewora/contracts/property';
import { historyQuery } from '../api/property-queries.ts';
import { formatFullDay } from '../format/dates.ts';
import { formatPrice } from '../format/money.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { PriceChart } from './price-chart.tsx';
import { pricePoints } from './price-points.ts';
import { Section } from './section.tsx';

export function PriceHistory({ listing }: { listing: ListingDetail }) {
  const history = useQuery(historyQuery(listing.id));
  return (
    <Section title="Price history">
      {history.data ? (
        <History entries={history.data.items} currency={listing.currency} />
      ) : history.isError ? (
        <Retry text="The history could not be loaded." onRetry={() => history.refetch()} />
      ) : (
        <Skeleton className="h-24" />
      )}
    </Section>
  );
}

export function Retry({ text, onRetry }: { text: string; onRetry: () => void }) {
  return (
    <div role="alert" className="flex flex-wrap items-center gap-4 text-sm">
      <p>{text}</p>
      <Button onClick={onRetry}>Try again</Button>
    </div>
  );
}

function History({ entries, currency }: { entries: readonly HistoryEntry[]; currency: string }) {
  const points = pricePoints(entries);
  if (entries.length === 0) return <p className="text-sm text-muted">Nothing has been recorded yet.</p>;
  return (
    <>
      {points.length > 1 && <PriceChart points={points} currency={currency} />}
      <ol className="text-sm">
        {entries.toReversed().map((entry) => (
          <li
            key={`${entry.at}${entry.kind}${entry.to}`}
            className="flex flex-wrap gap-x-4 border-b border-hairline py-2.5 last:border-0"
          >
            <time dateTime={entry.at} className="w-2/5 shrink-0 text-muted">
              {formatFullDay(entry.at)}
            </time>
            <span>
              <EntryText entry={entry} currency={currency} />
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

function EntryText({ entry, currency }: { entry: HistoryEntry; currency: string }) {
  if (entry.kind === 'status') return `Now ${entry.to}, was ${entry.from}`;
  if (entry.kind === 'listed') return `Listed for ${formatPrice(entry.to, currency)}`;
  const percent = entry.from === 0 ? 0 : Math.round((entry.to / entry.from - 1) * 1000) / 10;
  const isCut = entry.to < entry.from;
  return (
    <>
      {formatPrice(entry.to, currency)}{' '}
      <span className={isCut ? 'text-better' : 'text-worse'}>
        {isCut ? '↓' : '↑'} {isCut ? 'cut' : 'raised'} by {Math.abs(percent)}%
      </span>
    </>
  );
}
