import type { documentTypes } from '@viewora/contracts/application';
import { create } from 'content-disposition';

const endings: Record<(typeof documentTypes)[number], string[]> = {
  'application/pdf': ['.pdf'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/png': ['.png'],
  'image/webp': ['.webp'],
};

/**
 * `Content-Disposition` of a download. The name is a stranger's: it becomes one that is no path and no header, and that ends as
 * the type does, so that a double click opens a viewer and nothing else.
 */
export function attachmentOf(name: string, contentType: string): string {
  const harmless = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{M} ._()-]/gu, '_')
    .replace(/^[. ]+/, '')
    .slice(0, 120);
  const [ending = '.bin', ...others] = endings[contentType as keyof typeof endings] ?? [];
  const fits = [ending, ...others].some((one) => harmless.toLowerCase().endsWith(one));
  return create(fits ? harmless : `${harmless || 'document'}${ending}`, { fallback: `document${ending}` });
}
