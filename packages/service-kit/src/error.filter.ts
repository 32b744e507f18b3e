import { Catch, Inject, type RpcExceptionFilter } from '@nestjs/common';
import type { Logger } from 'pino';
import { type Observable, throwError } from 'rxjs';
import { toAppError } from './errors.ts';
import { LOGGER } from './logger.ts';

/** Everything a handler throws leaves as an `AppError`. The unknown is logged here, once, with its cause. */
@Catch()
export class ErrorFilter implements RpcExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown): Observable<never> {
    const appError = toAppError(error);
    if (appError.code === 'internal') this.logger.error({ err: appError.cause ?? error }, 'a handler failed');
    else if (appError.code === 'unavailable') this.logger.warn({ err: appError.cause }, appError.message);
    return throwError(() => appError);
  }
}
