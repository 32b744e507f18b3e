import { AppError, Problem } from '@viewora/contracts/errors';
import { apiBase } from '@viewora/contracts/http-client';
import type { Operation, OutputOf } from '@viewora/contracts/service';
import { withSession } from './api-client.ts';

interface UploadOptions {
  /** From 0 to 1, of what has left this device. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
  headers?: Record<string, string>;
}

/** Sends a form with a file. Unlike fetch, it says how far it is. */
export function upload<T extends Operation>(
  operation: T,
  form: FormData,
  { onProgress, signal, headers }: UploadOptions,
): Promise<OutputOf<T>> {
  return withSession(operation, (own) => send<T>(operation, form, onProgress, signal, { ...headers, ...own }));
}

function send<T extends Operation>(
  { http }: T,
  form: FormData,
  onProgress: (share: number) => void,
  signal: AbortSignal,
  headers: Record<string, string>,
): Promise<OutputOf<T>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(http?.method ?? 'POST', apiBase + http?.path);
    request.responseType = 'json';
    request.setRequestHeader('accept', 'application/json');
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as OutputOf<T>);
      else reject(errorOf(request));
    };
    request.onerror = () => reject(new AppError('unavailable', 'The server could not be reached'));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    if (signal.aborted) reject(signal.reason);
    else request.send(form);
  });
}

function errorOf(request: XMLHttpRequest): AppError {
  const problem = Problem.safeParse(request.response);
  const retryAfterSeconds = Number(request.getResponseHeader('retry-after')) || undefined;
  if (!problem.success)
    return new AppError('unavailable', `The server answered ${request.status}`, { retryAfterSeconds });
  const { code, title, detail, errors, status } = problem.data;
  return new AppError(code, detail ?? title, { errors, retryAfterSeconds, status });
}
