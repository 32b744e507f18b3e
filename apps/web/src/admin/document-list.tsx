import { useMutation, useQueryClient } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import type { ApplicationDocument } from '@viewora/contracts/application';
import { FileText, Image } from 'lucide-react';
import { useRef, useState } from 'react';
import { adminKey } from '../api/admin-queries.ts';
import { call } from '../api/api-client.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { FormFailure } from '../ui/form-failure.tsx';
import { documentKindNames } from './words.ts';

interface DocumentListProps {
  applicationId: string;
  documents: readonly ApplicationDocument[];
}

/** The papers of an application. Each look is logged, and said to be. */
export function DocumentList({ applicationId, documents }: DocumentListProps) {
  return (
    <section aria-label="Documents" className="mt-6">
      <h3 className="text-base font-semibold">Documents</h3>
      <p className="mb-3 text-sm text-muted">
        Private. Each look is put into the audit log, and a link to one is good for a minute.
      </p>
      {documents.length === 0 ? (
        <p className="text-sm">There are none.</p>
      ) : (
        <ul className="overflow-hidden rounded-card border border-hairline bg-surface">
          {documents.map((document) => (
            <DocumentRow key={document.id} applicationId={applicationId} document={document} />
          ))}
        </ul>
      )}
    </section>
  );
}

function DocumentRow({ applicationId, document }: { applicationId: string; document: ApplicationDocument }) {
  const client = useQueryClient();
  const [link, setLink] = useState<string | null>(null);
  const anchor = useRef<HTMLAnchorElement>(null);
  const viewing = useMutation({
    mutationFn: () => call(accountsApi.viewDocument, { id: applicationId, documentId: document.id }),
    onSuccess: ({ url }) => {
      // A tab that opens long after the click is taken for an advertisement: then it takes another click.
      if (navigator.userActivation.isActive && anchor.current) {
        anchor.current.href = url;
        anchor.current.click();
      } else {
        setLink(url);
      }
      void client.invalidateQueries({ queryKey: [...adminKey, 'audit'] });
    },
  });
  const Icon = document.contentType === 'application/pdf' ? FileText : Image;
  return (
    <li className="border-b border-hairline py-3 pr-3 pl-4 last:border-b-0">
      <div className="flex items-center gap-3.5">
        <Icon size={20} aria-hidden className="shrink-0 text-muted" />
        <div className="min-w-0 flex-1">
          <p className="text-base font-semibold">{documentKindNames[document.kind]}</p>
          <p className="truncate text-sm text-muted">
            {document.name} · {sizeText(document.bytes)}
          </p>
        </div>
        <a
          ref={anchor}
          href={link ?? undefined}
          target="_blank"
          // What strangers have uploaded must not reach this page.
          rel="noopener noreferrer"
          hidden={link === null}
          // Afterwards: a link that loses its address while it is clicked leads nowhere.
          onClick={() => setTimeout(() => setLink(null))}
          className={`${buttonClass('primary')} shrink-0`}
        >
          It is ready: open it
        </a>
        {link !== null ? null : document.isUploaded ? (
          <Button
            aria-label={`Open ${documentKindNames[document.kind].toLowerCase()}, in a new tab`}
            aria-disabled={viewing.isPending}
            onClick={() => viewing.isPending || viewing.mutate()}
            className="shrink-0"
          >
            {viewing.isPending ? 'Opening …' : 'Open'}
          </Button>
        ) : (
          <span className="text-sm text-muted">Never arrived</span>
        )}
      </div>
      {viewing.isError && (
        <div className="mt-3">
          <FormFailure error={viewing.error} />
        </div>
      )}
    </li>
  );
}

/** "84 kB", "1.2 MB". */
function sizeText(bytes: number): string {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${new Intl.NumberFormat('en-US', { maximumSignificantDigits: 2 }).format(value)} ${unit}`;
}
