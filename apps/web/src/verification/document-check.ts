import { type ApplicationDocument, documentLimits, documentTypes } from '@viewora/contracts/application';

type DocumentType = ApplicationDocument['contentType'];

const nameLength = 100;

/** For file choosers. */
export const acceptedFiles = documentTypes.join(',');
export const acceptedText = `PDF, JPEG, PNG or WebP, up to ${documentLimits.bytes / 1024 / 1024} MB`;

/** What is wrong with a file before it is sent; null where nothing is. Whether it is what it says, the server looks at. */
export function fileComplaint({ name, type, size }: Pick<File, 'name' | 'type' | 'size'>): string | null {
  if (!isDocumentType(type)) return `${name} is of another kind. Choose a PDF, a JPEG, a PNG or a WebP.`;
  if (size === 0) return `${name} is empty.`;
  if (size > documentLimits.bytes) return `${name} is larger than ${documentLimits.bytes / 1024 / 1024} MB.`;
  return null;
}

export function isDocumentType(type: string): type is DocumentType {
  return (documentTypes as readonly string[]).includes(type);
}

/** As the server takes it: without what cannot be seen, and with its ending where it is too long. */
export function documentName(name: string): string {
  const visible = name.replace(/[\p{Cc}\p{Cf}]/gu, '').trim() || 'Document';
  if (visible.length <= nameLength) return visible;
  const ending = /\.\w{1,8}$/.exec(visible)?.[0] ?? '';
  return `${visible.slice(0, nameLength - ending.length - 1)}…${ending}`;
}

/** "2.4 MB". */
export function formatBytes(bytes: number): string {
  const [value, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'kilobyte'] : [bytes / 1024 / 1024, 'megabyte'];
  return new Intl.NumberFormat('en-GB', { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(
    value,
  );
}
