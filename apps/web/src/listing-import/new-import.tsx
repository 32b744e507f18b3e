import { useQueryClient } from '@tanstack/react-query';
import { AppError } from '@viewora/contracts/errors';
import { propertyApi } from '@viewora/contracts/property';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { marketCurrencyQuery } from '../api/property-queries.ts';
import { upload } from '../api/upload.ts';
import { failureText } from '../selling/failure-text.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { FormFailure } from '../ui/form-failure.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { useLeaveGuard } from '../ui/use-leave-guard.ts';
import { ColumnMapping } from './column-mapping.tsx';
import { type CsvHead, readHead, UnusableFile } from './csv-head.ts';
import { FileDrop } from './file-drop.tsx';
import { guessChoices, type ImportChoices, importMap, missingChoices } from './import-choices.ts';
import { sizeText } from './import-text.ts';
import { PreviewRows } from './preview-rows.tsx';

interface Chosen {
  file: File;
  head: CsvHead;
  choices: ImportChoices;
  /** The same for every try to send it: it is begun once. */
  key: string;
}

/** From a file to an import that is under way: which column is what, how the first rows will look, and off it goes. */
export function NewImport() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const sending = useRef<AbortController | null>(null);
  const isSending = share !== null;
  const guard = useLeaveGuard(isSending);
  const name = chosen?.file.name;
  useEffect(() => {
    if (name) heading.current?.focus();
  }, [name]);
  useEffect(() => () => sending.current?.abort(), []);

  async function choose(file: File): Promise<void> {
    setError(null);
    setChosen(null);
    try {
      // A price in a currency that was only assumed would be a wrong price in every row.
      const [head, currency] = await Promise.all([readHead(file), queries.fetchQuery(marketCurrencyQuery)]);
      setChosen({ file, head, choices: guessChoices(head, currency), key: crypto.randomUUID() });
    } catch (failure) {
      setError(failure instanceof Error ? failure : new Error(String(failure)));
    }
  }

  async function send({ file, head, choices, key }: Chosen): Promise<void> {
    const form = new FormData();
    form.append('map', JSON.stringify(importMap(choices, head)));
    // Some systems call a CSV file a spreadsheet.
    form.append('file', new File([file], file.name, { type: 'text/csv' }));
    const controller = new AbortController();
    sending.current = controller;
    setError(null);
    setShare(0);
    try {
      const options = { onProgress: setShare, signal: controller.signal, headers: { 'idempotency-key': key } };
      const begun = await upload(propertyApi.startImport, form, options);
      navigate(`/sell/imports/${begun.id}`);
    } catch (failure) {
      if (!controller.signal.aborted) setError(failure instanceof Error ? failure : new Error(String(failure)));
    } finally {
      setShare(null);
    }
  }

  if (!chosen) {
    return (
      <div className="mt-6">
        <FileDrop onFile={choose} />
        {error && (
          <div className="mt-3">
            <FormFailure error={error} said={refusalText(error)} />
          </div>
        )}
      </div>
    );
  }
  const { file, head, choices } = chosen;
  const missing = missingChoices(choices);
  // Another choice is another import: the same key would be refused.
  const change = (next: ImportChoices) => setChosen({ ...chosen, choices: next, key: crypto.randomUUID() });
  return (
    <section aria-labelledby="chosen-file" className="mt-6">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-hairline pb-4">
        <h2
          id="chosen-file"
          ref={heading}
          tabIndex={-1}
          className="min-w-0 text-lg font-semibold break-words outline-none"
        >
          {file.name}
        </h2>
        <p className="text-sm text-muted">
          {sizeText(file.size)}, {head.header.length} columns
        </p>
        {!isSending && (
          <Button className="md:ml-auto" onClick={() => setChosen(null)}>
            Choose another file
          </Button>
        )}
      </div>
      <div inert={isSending} className={isSending ? 'opacity-50' : ''}>
        <ColumnMapping head={head} choices={choices} onChange={change} />
        <PreviewRows head={head} choices={choices} />
      </div>
      <div className="mt-6 flex flex-col items-start gap-4 border-t border-hairline pt-6">
        {missing.map((sentence) => (
          <p key={sentence} className="text-sm text-worse">
            {sentence}
          </p>
        ))}
        {error && <FormFailure error={error} said={failureText(error)} />}
        {isSending ? (
          <div className="flex w-full max-w-md flex-col gap-3">
            <p role="status" className="text-sm">
              {share < 1 ? `Sending the file: ${Math.round(share * 100)}%` : 'The file is there. The import begins …'}
            </p>
            <ProgressBar label="Sending the file" share={share} />
            <Button className="self-start" onClick={() => sending.current?.abort()}>
              Stop sending
            </Button>
          </div>
        ) : (
          <Button
            look="primary"
            aria-disabled={missing.length > 0}
            className="aria-disabled:opacity-60"
            onClick={() => missing.length === 0 && void send(chosen)}
          >
            Start the import
          </Button>
        )}
      </div>
      {guard.asked && (
        <ConfirmDialog
          title={`Stop sending “${file.name}”?`}
          action="Stop and leave"
          pending="Leaving …"
          way="Stay"
          isPending={false}
          error={null}
          onConfirm={guard.leave}
          onClose={guard.stay}
        >
          It has not arrived yet. Once it has, you can leave: the import goes on without this page.
        </ConfirmDialog>
      )}
    </section>
  );
}

function refusalText(error: Error): string {
  if (error instanceof UnusableFile) return error.message;
  return error instanceof AppError ? failureText(error) : unreadable;
}

const unreadable = 'This file could not be read. If it is open in another program, close it there, then try again.';
