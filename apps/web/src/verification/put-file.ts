import { AppError } from '@viewora/contracts/errors';

interface PutOptions {
  url: string;
  headers: Record<string, string>;
  signal: AbortSignal;
  /** How much of it is there, from 0 to 1. */
  onProgress: (share: number) => void;
}

/** Sends a file straight to where it is kept. By XMLHttpRequest: fetch cannot say how much of it has been sent. */
export function putFile(file: File, { url, headers, signal, onProgress }: PutOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = () => reject(new AppError('unavailable', 'The file did not arrive'));
    request.open('PUT', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onload = () => (request.status >= 200 && request.status < 300 ? resolve() : fail());
    request.onerror = fail;
    request.ontimeout = fail;
    request.onabort = () => reject(new DOMException('The sending was given up', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
