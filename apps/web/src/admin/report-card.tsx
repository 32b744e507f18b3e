import type { Report } from '@viewora/contracts/moderation';
import { Link } from 'react-router';
import { formatAgo, formatMoment } from '../format/dates.ts';
import { plural, typeNames } from '../format/facts.ts';
import { Button } from '../ui/button.tsx';
import { isPublic, priceText } from './listing-text.ts';
import { ListingStatusText } from './status-text.tsx';
import { reportReasonNames, reportStatusNames } from './words.ts';

interface ReportCardProps {
  report: Report;
  onResolve: (outcome: 'upheld' | 'dismissed') => void;
}

/** What somebody says is wrong, beside what it is said of. */
export function ReportCard({ report, onResolve }: ReportCardProps) {
  const { id, listing, reason, text, reporterId, status, outcome, at, decidedAt } = report;
  const others = listing.openReports - 1;
  return (
    <li
      data-report={id}
      className="grid gap-x-8 gap-y-3 rounded-card border border-hairline bg-surface p-4 md:grid-cols-[minmax(0,1fr)_minmax(0,1.3fr)] md:p-5"
    >
      <div className="min-w-0">
        <Link
          to={`/admin/listings/${listing.id}`}
          className="thumb text-base font-semibold underline-offset-4 hover:underline"
        >
          {listing.title}
        </Link>
        <p className="text-sm text-muted">
          {[listing.city ?? 'No place', typeNames[listing.type], priceText(listing)].join(' · ')}
        </p>
        <p className="mt-1 flex flex-wrap items-center gap-x-4 text-sm">
          <ListingStatusText listing={listing} />
          {isPublic(listing) && (
            <a
              href={`/homes/${listing.id}`}
              target="_blank"
              rel="noreferrer"
              className="thumb text-accent underline-offset-4 hover:underline"
            >
              Public page<span className="sr-only">, in a new tab</span>
            </a>
          )}
          {status === 'open' && others > 0 && (
            <span className="font-semibold">{plural(others, 'more open report')}</span>
          )}
        </p>
      </div>
      <div className="flex min-w-0 flex-col gap-1">
        <p className="text-base font-semibold">{reportReasonNames[reason]}</p>
        {text ? (
          <blockquote className="text-base whitespace-pre-line">{text}</blockquote>
        ) : (
          <p className="text-sm text-muted">Nothing was added in words.</p>
        )}
        <p className="text-sm text-muted">
          {reporterId ? (
            <Link to={`/admin/users/${reporterId}`} className="thumb text-accent underline-offset-4 hover:underline">
              Somebody signed in
            </Link>
          ) : (
            'A visitor'
          )}
          , <time dateTime={at}>{formatAgo(at)}</time>
        </p>
        {status === 'open' ? (
          <div className="mt-2 flex gap-3 *:flex-1 md:*:flex-none">
            <Button aria-label={`Uphold the report of ${listing.title}`} onClick={() => onResolve('upheld')}>
              Uphold …
            </Button>
            <Button aria-label={`Dismiss the report of ${listing.title}`} onClick={() => onResolve('dismissed')}>
              Dismiss …
            </Button>
          </div>
        ) : (
          <p className="mt-1 border-t border-hairline pt-2 text-sm">
            <span className="font-semibold">{reportStatusNames[status]}</span>
            {decidedAt && <span className="text-muted"> {formatMoment(decidedAt)}</span>}
            {outcome && `: ${outcome}`}
          </p>
        )}
      </div>
    </li>
  );
}
