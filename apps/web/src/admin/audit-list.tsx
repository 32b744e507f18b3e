import { useInfiniteQuery } from '@tanstack/react-query';
import type { AuditEntry } from '@viewora/contracts/admin';
import { Link } from 'react-router';
import { auditQuery } from '../api/admin-queries.ts';
import { formatMoment } from '../format/dates.ts';
import { Part } from './part.tsx';
import { PartOfQuery } from './part-of-query.tsx';
import { actionVerbs } from './words.ts';

/** Where what was acted on is looked at; null for what has no page of its own. */
export function targetPath({ target: { kind, id } }: AuditEntry): string | null {
  if (kind === 'user' || kind === 'application' || kind === 'listing') return `/admin/${kind}s/${id}`;
  return null;
}

export function TargetLink({ entry }: { entry: AuditEntry }) {
  const path = targetPath(entry);
  if (path === null) return <span className="font-semibold">{entry.target.label}</span>;
  return (
    <Link to={path} className="font-semibold underline-offset-4 hover:underline">
      {entry.target.label}
    </Link>
  );
}

const shown = 5;

interface AuditOfProps {
  id: string;
  title: string;
  filter: 'targetId' | 'actorId';
}

/** A little of the audit log, and the way to all of it. */
export function AuditOf({ id, title, filter }: AuditOfProps) {
  const audit = useInfiniteQuery(auditQuery({ [filter]: id }));
  return (
    <Part title={title} more={{ to: `/admin/audit?${filter}=${id}`, label: 'In the audit log' }}>
      <PartOfQuery query={audit}>
        {({ pages }) => <AuditList entries={pages.flatMap(({ items }) => items).slice(0, shown)} />}
      </PartOfQuery>
    </Part>
  );
}

function AuditList({ entries }: { entries: readonly AuditEntry[] }) {
  if (entries.length === 0) return <p className="text-sm text-muted">No administrator has done anything here.</p>;
  return (
    <ul className="text-sm">
      {entries.map((entry) => (
        <li key={entry.id} className="border-b border-hairline py-2.5 last:border-b-0">
          <p>
            {entry.actor.name} {actionVerbs[entry.action]} <TargetLink entry={entry} />
            <span className="text-muted">
              {' '}
              · <time dateTime={entry.at}>{formatMoment(entry.at)}</time>
            </span>
          </p>
          {entry.reason && <p className="text-muted">{entry.reason}</p>}
        </li>
      ))}
    </ul>
  );
}
