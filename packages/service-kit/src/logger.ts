import type { LoggerService } from '@nestjs/common';
import { trace } from '@opentelemetry/api';
import { type Logger, type LoggerOptions, pino } from 'pino';
import { currentCall } from './current-call.ts';
import type { AppEnv } from './env.ts';

/** Injects the app's pino logger. */
export const LOGGER = Symbol('logger');

/** What a failed statement was given, and what Postgres quotes of it: people's addresses, tokens, hashes. */
const statementPaths = ['err.parameters', 'err.detail', 'err.driverError'];

/** JSON lines; each carries the app, and within a call its request id and trace id. Secrets are cut out by name. */
export function createLogger(
  env: Pick<AppEnv, 'APP' | 'LOG_LEVEL' | 'REPLICA_ID'>,
  output: NodeJS.WritableStream = process.stdout,
): Logger {
  const options: LoggerOptions = {
    level: env.LOG_LEVEL,
    base: { app: env.APP, ...(env.REPLICA_ID && { replica: env.REPLICA_ID }) },
    redact: ['*.password', '*.token', '*.authorization', '*.cookie', '*.secret', ...statementPaths],
    mixin: () => {
      const requestId = currentCall()?.requestId;
      const traceId = trace.getActiveSpan()?.spanContext().traceId;
      return { ...(requestId && { requestId }), ...(traceId && { traceId }) };
    },
  };
  return pino(options, output);
}

/** Nest's own messages in the same form. Its start-up chatter is `debug`. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.logger.debug({ context: contextOf(rest) }, String(message));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.logger.warn({ context: contextOf(rest) }, String(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    const error = message instanceof Error ? { err: message } : {};
    this.logger.error({ ...error, context: contextOf(rest) }, String(message));
  }
}

function contextOf(rest: unknown[]): unknown {
  return rest.at(-1);
}
