import { z } from 'zod';

/** What every app reads, whatever it does. Defaults are the embedded stack's. */
export const appEnv = {
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; images set 0.0.0.0'),
  REDIS_URL: z
    .url()
    .default('redis://127.0.0.1:54321')
    .describe('With one of your own, npm start uses it instead of the embedded Redis'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('The least that is logged: fatal, error, warn, info, debug, trace, or silent for nothing'),
  METRICS_TOKEN: z.string().min(16).optional().describe('Lets a scraper read /metrics from another address'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional().describe('Where traces go; without it none are recorded'),
  REPLICA_ID: z.string().optional().describe('Name of this replica in logs and in Redis; made up where not set'),
};

export type AppEnv = z.infer<z.ZodObject<typeof appEnv & { PORT: z.ZodNumber }>> & { APP: string };

/** What an app that has to do with private files reads besides. */
export const storageEnv = {
  S3_ENDPOINT: z.url().optional().describe('An object store other than AWS; npm start sets its own'),
  S3_REGION: z.string().min(1).default('ap-south-1').describe('Where the private bucket is'),
  PRIVATE_BUCKET: z
    .string()
    .optional()
    .describe('Files on their way in; npm start has its own. Where there is none, no files are taken'),
};
export type StorageEnv = z.infer<z.ZodObject<typeof storageEnv>>;

export class EnvError extends Error {
  override readonly name = 'EnvError';
}

/**
 * Reads an app's environment by its schema. Throws one `EnvError` that lists every problem by name and never shows a
 * value: what is wrong may be a secret. Empty variables count as not set.
 */
export function readEnv<A extends string, S extends z.ZodRawShape>(
  app: A,
  shape: S,
  source: Record<string, string | undefined> = process.env,
): z.infer<z.ZodObject<S>> & { APP: A } {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = z.object(shape).safeParse(present);
  if (parsed.success) return { ...parsed.data, APP: app };
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${problemOf(issue, present)}`);
  throw new EnvError(`${app} cannot start, its environment is not right:\n${problems.join('\n')}`);
}

function problemOf(issue: z.core.$ZodIssue, source: Record<string, unknown>): string {
  if (source[String(issue.path[0])] === undefined) return 'is not set';
  return issue.message.replace(/,? received .*$/i, '');
}

/** A port number from text. */
export const port = (fallback: number) => z.coerce.number().int().min(1).max(65_535).default(fallback);

/** A comma-separated list; empty where not set. */
export const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );
