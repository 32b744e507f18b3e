import type { AdminApplication } from '@viewora/contracts/application';
import { Link } from 'react-router';
import { formatAgo } from '../format/dates.ts';
import { plural } from '../format/facts.ts';
import { applicationStatusNames, roleNames } from './words.ts';

interface ApplicationQueueProps {
  items: readonly AdminApplication[];
  shownId: string | null;
  /** Of the address: the view is kept. */
  search: string;
}

/** Who waits, longest first. */
export function ApplicationQueue({ items, shownId, search }: ApplicationQueueProps) {
  return (
    <ul aria-label="Applications" className="lg:sticky lg:top-4 lg:self-start">
      {items.map(({ id, applicant, role, documents, status, submittedAt, createdAt }) => (
        <li key={id} className="border-b border-hairline last:border-b-0">
          <Link
            to={{ pathname: `/admin/applications/${id}`, search }}
            data-application={id}
            aria-current={id === shownId ? 'true' : undefined}
            className="-mx-3 block rounded-sm px-3 py-3 transition-colors hover:bg-sunken/60 aria-[current]:bg-accent-soft"
          >
            <span className="flex justify-between gap-3">
              <span className="min-w-0 truncate text-base font-semibold">{applicant.name}</span>
              <time dateTime={submittedAt ?? createdAt} className="shrink-0 pt-0.5 text-sm text-muted">
                {formatAgo(submittedAt ?? createdAt)}
              </time>
            </span>
            <span className="block text-sm text-muted">
              {[
                roleNames[role],
                plural(documents.length, 'document'),
                status === 'pending' ? null : applicationStatusNames[status],
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </Link>
        </li>
      ))}
      {items.length === 0 && <li className="py-3 text-sm text-muted">None in this view.</li>}
    </ul>
  );
}
