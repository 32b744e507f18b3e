import { useQueryClient } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import type { ApplicationDocument, DocumentKind } from '@viewora/contracts/application';
import { AppError } from '@viewora/contracts/errors';
import { useEffect, useRef, useState } from 'react';
import { applicationQuery } from '../api/account-queries.ts';
import { call } from '../api/api-client.ts';
import { documentName, isDocumentType } from './document-check.ts';
import { putFile } from './put-file.ts';

/** A file on its way from this page. */
export interface Upload {
  id: string;
  kind: DocumentKind;
  file: File;
  /** From 0 to 1. */
  share: number;
  failure: Error | null;
  /** Once it is announced. */
  documentId: string | null;
}

/** The files that this page sends, until the server lists them as arrived. */
export function useUploads() {
  const client = useQueryClient();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const sending = useRef(new Map<string, AbortController>());
  const refresh = () => client.invalidateQueries({ queryKey: applicationQuery.queryKey });
  useEffect(() => {
    const all = sending.current;
    return () => {
      for (const controller of all.values()) controller.abort();
    };
  }, []);

  const change = (id: string, part: Partial<Upload>) =>
    setUploads((all) => all.map((upload) => (upload.id === id ? { ...upload, ...part } : upload)));
  const forget = (id: string) => setUploads((all) => all.filter((upload) => upload.id !== id));

  async function send({ id, kind, file }: Upload): Promise<void> {
    const controller = new AbortController();
    sending.current.set(id, controller);
    try {
      if (!isDocumentType(file.type)) return;
      const { document, upload } = await call(accountsApi.addDocument, {
        kind,
        name: documentName(file.name),
        contentType: file.type,
        bytes: file.size,
      });
      change(id, { documentId: document.id });
      controller.signal.throwIfAborted();
      await putFile(file, { ...upload, signal: controller.signal, onProgress: (share) => change(id, { share }) });
      await refresh();
      forget(id);
    } catch (error) {
      if (!controller.signal.aborted)
        change(id, { failure: error instanceof Error ? error : new Error(String(error)) });
    } finally {
      sending.current.delete(id);
    }
  }

  function start(kind: DocumentKind, files: readonly File[]): void {
    const begun = files.map((file) => ({
      id: crypto.randomUUID(),
      kind,
      file,
      share: 0,
      failure: null,
      documentId: null,
    }));
    setUploads((all) => [...all, ...begun]);
    for (const upload of begun) void send(upload);
  }

  /** From the beginning: the address of the first try may be too old by now. */
  async function retry(upload: Upload): Promise<void> {
    change(upload.id, { failure: null, share: 0, documentId: null });
    if (upload.documentId) await takeBack(upload.documentId).catch(() => {});
    await send(upload);
  }

  async function giveUp(upload: Upload): Promise<void> {
    sending.current.get(upload.id)?.abort();
    forget(upload.id);
    if (upload.documentId) await takeBack(upload.documentId).catch(() => {});
    await refresh();
  }

  return { uploads, start, retry, giveUp };
}

/** One that is gone already is what was wanted. */
export async function takeBack(documentId: string): Promise<void> {
  await call(accountsApi.removeDocument, { id: documentId }).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
  });
}

/** What the server lists and this page is not sending itself. */
export function settledDocuments(
  documents: readonly ApplicationDocument[],
  uploads: readonly Upload[],
): ApplicationDocument[] {
  const own = new Set(uploads.map(({ documentId }) => documentId));
  return documents.filter(({ id }) => !own.has(id));
}
