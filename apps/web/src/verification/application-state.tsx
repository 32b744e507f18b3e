import type { Application } from '@viewora/contracts/application';
import { formatFullDay } from '../format/dates.ts';
import { formatBytes } from './document-check.ts';
import { DocumentRow } from './document-row.tsx';
import { documentTexts } from './verification-text.ts';

/** What was handed in. */
export function HandedIn({ application: { documents, message, submittedAt } }: { application: Application }) {
  return (
    <section aria-label="What you handed in" className="flex flex-col gap-4">
      <div>
        <h2 className="text-lg font-semibold">What you handed in</h2>
        {submittedAt && <p className="text-sm text-muted">On {formatFullDay(submittedAt)}</p>}
      </div>
      <ul className="overflow-hidden rounded-card border border-hairline bg-surface">
        {documents.map(({ id, name, kind, contentType, bytes }) => (
          <DocumentRow key={id} name={name} contentType={contentType}>
            {documentTexts[kind].title} · {formatBytes(bytes)}
          </DocumentRow>
        ))}
      </ul>
      {message && <p className="border-l-2 border-hairline pl-4 text-base whitespace-pre-line text-muted">{message}</p>}
    </section>
  );
}

/** Why it was rejected, in the administrator's words. */
export function Rejection({ application: { reason, decidedAt } }: { application: Application }) {
  return (
    <section aria-label="Why it was not approved" className="rounded-card border border-worse p-5">
      <h2 className="text-base font-semibold">Why it was not approved</h2>
      {decidedAt && <p className="text-sm text-muted">Decided on {formatFullDay(decidedAt)}</p>}
      <p className="mt-2.5 text-base whitespace-pre-line">{reason}</p>
    </section>
  );
}
