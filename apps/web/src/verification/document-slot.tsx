import type { ApplicationDocument, DocumentKind } from '@viewora/contracts/application';
import { Upload as UploadIcon } from 'lucide-react';
import { type DragEvent, useId, useRef, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { FieldComplaint } from '../ui/form-field.tsx';
import { acceptedFiles, acceptedText, fileComplaint, formatBytes } from './document-check.ts';
import { DocumentRow, RemoveButton } from './document-row.tsx';
import { UploadRow } from './upload-row.tsx';
import type { Upload } from './use-uploads.ts';
import { documentTexts } from './verification-text.ts';

interface DocumentSlotProps {
  kind: DocumentKind;
  documents: readonly ApplicationDocument[];
  uploads: readonly Upload[];
  /** How many more there may be, of all kinds. */
  room: number;
  /** What the server refused, by a document's id. */
  refusals: Readonly<Record<string, string | undefined>>;
  /** What is missing here, said when it was handed in without. */
  complaint: string | undefined;
  onFiles: (files: readonly File[]) => void;
  onRemove: (document: ApplicationDocument) => void;
  onRetry: (upload: Upload) => void;
  onGiveUp: (upload: Upload) => void;
}

/** The place for one kind of document: files are dropped on it, or chosen. */
export function DocumentSlot({
  kind,
  documents,
  uploads,
  room,
  refusals,
  complaint,
  onFiles,
  onRemove,
  onRetry,
  onGiveUp,
}: DocumentSlotProps) {
  const id = useId();
  const chooser = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const { title, means } = documentTexts[kind];
  const complaints = complaint ? [complaint, ...refused] : refused;

  function take(files: readonly File[]): void {
    const taken = files.filter((file) => fileComplaint(file) === null).slice(0, Math.max(0, room));
    const tooMany = files.filter((file) => fileComplaint(file) === null).length - taken.length;
    setRefused([
      ...files.flatMap((file) => fileComplaint(file) ?? []),
      ...(tooMany > 0 ? ['There is no room for more documents. Remove one first.'] : []),
    ]);
    if (taken.length > 0) onFiles(taken);
  }

  function drop(event: DragEvent): void {
    event.preventDefault();
    setIsOver(false);
    take([...event.dataTransfer.files]);
  }

  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="text-base font-semibold">
        {title}
      </h3>
      <p className="mt-0.5 mb-3 text-sm text-muted">{means}</p>
      <div className="overflow-hidden rounded-card border border-hairline bg-surface">
        {documents.length + uploads.length > 0 && (
          <ul>
            {documents.map((document) => (
              <DocumentRow
                key={document.id}
                name={document.name}
                contentType={document.contentType}
                complaint={documentComplaint(document, refusals[document.id])}
                actions={<RemoveButton name={document.name} onClick={() => onRemove(document)} />}
              >
                {formatBytes(document.bytes)}
              </DocumentRow>
            ))}
            {uploads.map((upload) => (
              <UploadRow
                key={upload.id}
                upload={upload}
                onRetry={() => onRetry(upload)}
                onGiveUp={() => onGiveUp(upload)}
              />
            ))}
          </ul>
        )}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a pointer's way to what the button does */}
        <div
          onDragOver={(event) => {
            event.preventDefault();
            setIsOver(true);
          }}
          onDragLeave={() => setIsOver(false)}
          onDrop={drop}
          className={`m-2 flex flex-col items-center gap-2 rounded-sm border border-dashed px-4 py-5 text-center transition-colors ${isOver ? 'border-accent bg-accent-soft' : complaint ? 'border-worse' : 'border-edge'}`}
        >
          <input
            ref={chooser}
            type="file"
            hidden
            multiple
            accept={acceptedFiles}
            aria-label={`${title}: choose files`}
            onChange={(event) => {
              take([...(event.target.files ?? [])]);
              // Or the same file could not be chosen twice.
              event.target.value = '';
            }}
          />
          <Button aria-describedby={`${id}-help`} data-slot={kind} onClick={() => chooser.current?.click()}>
            <UploadIcon size={16} aria-hidden /> Choose files<span className="sr-only"> for: {title}</span>
          </Button>
          <p className="text-sm text-muted">
            <span className="hidden md:inline">Or drop them here. </span>
            {acceptedText}.
          </p>
        </div>
      </div>
      <div id={`${id}-help`} role="status" className="mt-1.5 flex flex-col gap-1 empty:hidden">
        {complaints.map((said) => (
          <FieldComplaint key={said} text={said} />
        ))}
      </div>
    </section>
  );
}

function documentComplaint({ isUploaded }: ApplicationDocument, refusal: string | undefined): string | undefined {
  if (refusal) return `It ${refusal}`;
  return isUploaded ? undefined : 'It did not arrive. Remove it and choose the file again.';
}
