import type { ApplicationDocument } from '@viewora/contracts/application';
import { fileTypeFromBuffer } from 'file-type';
import type { Beginning } from './document.storage.ts';

/** What is wrong with the bytes that came for a document, as the second half of a sentence; null where nothing is. */
export async function faultOf(
  { bytes, contentType }: Pick<ApplicationDocument, 'bytes' | 'contentType'>,
  arrived: Beginning | null,
): Promise<string | null> {
  if (!arrived) return 'has not been uploaded';
  if (arrived.bytes !== bytes) return 'is not as long as announced: upload it again';
  // A name or a header says what its sender likes; the first bytes say what a program would take it for.
  const found = await fileTypeFromBuffer(arrived.start);
  return found?.mime === contentType ? null : `is not ${names[contentType]}: its content is something else`;
}

const names: Record<ApplicationDocument['contentType'], string> = {
  'application/pdf': 'a PDF',
  'image/jpeg': 'a JPEG picture',
  'image/png': 'a PNG picture',
  'image/webp': 'a WebP picture',
};
