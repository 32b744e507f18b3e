import { AppError, Problem } from './errors.ts';
import { encodeQuery } from './query-string.ts';
import type { GatewayField, HttpRoute, InputOf, Operation, OutputOf } from './service.ts';

export const apiBase = '/api/v1';

/** What a caller passes in over HTTP: without what only the gateway can fill in. */
export type HttpInputOf<T extends Operation> =
  InputOf<T> extends infer I ? (I extends unknown ? Omit<I, GatewayField> : never) : never;

export interface HttpClientOptions {
  /** Scheme, host and port; empty for the page's own origin. */
  origin?: string;
  fetch?: typeof fetch;
}

export interface HttpCallOptions {
  signal?: AbortSignal;
  headers?: Record<string, string>;
}

/** The typed fetch client: `call(propertyApi.search, {place: 'Folsom'})`. Throws `AppError`, or an abort as fetch does. */
export function createHttpClient({ origin = '', fetch: fetchWith = fetch }: HttpClientOptions = {}) {
  return async function call<T extends Operation>(
    operation: T,
    input: HttpInputOf<T>,
    { signal, headers }: HttpCallOptions = {},
  ): Promise<OutputOf<T>> {
    const { url, init } = toHttpRequest(operation, input);
    const response = await fetchWith(origin + url, {
      ...init,
      headers: { accept: 'application/json', ...init.headers, ...headers },
      ...(signal && { signal }),
    }).catch((cause: unknown) => {
      if (signal?.aborted) throw cause;
      throw new AppError('unavailable', 'The server could not be reached', {}, { cause });
    });
    if (!response.ok) throw await toError(response);
    return (response.status === 204 ? {} : await response.json()) as OutputOf<T>;
  };
}

/** An operation's route filled in: path parameters from the input, the rest as query string or JSON body. */
export function toHttpRequest<T extends Operation>(
  operation: T,
  input: HttpInputOf<T>,
): { url: string; init: { method: string; headers?: Record<string, string>; body?: string } } {
  if (!operation.http) throw new Error(`${operation.name} has no HTTP route`);
  const { method, path, ifMatch }: HttpRoute = operation.http;
  const fields = { ...(input as Record<string, unknown>) };
  const filled = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = encodeURIComponent(String(fields[name]));
    delete fields[name];
    return value;
  });
  if (method === 'GET' || method === 'DELETE') {
    const query = encodeQuery(operation.input, fields).toString();
    return { url: `${apiBase}${filled}${query && `?${query}`}`, init: { method } };
  }
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (ifMatch) {
    headers['if-match'] = `"${fields.version}"`;
    delete fields.version;
  }
  return { url: apiBase + filled, init: { method, headers, body: JSON.stringify(fields) } };
}

async function toError(response: Response): Promise<AppError> {
  const problem = Problem.safeParse(await response.json().catch(() => null));
  const retryAfterSeconds = Number(response.headers.get('retry-after')) || undefined;
  if (!problem.success)
    return new AppError('unavailable', `The server answered ${response.status}`, { retryAfterSeconds });
  const { code, title, detail, errors, status } = problem.data;
  return new AppError(code, detail ?? title, { errors, retryAfterSeconds, status });
}
