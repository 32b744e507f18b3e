import { z } from 'zod';

/** Every way a call can fail, closed: a client can switch over it, and the gateway maps each to one HTTP status. */
export const ErrorCode = z.enum([
  'invalid_input',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'too_many_requests',
  'unavailable',
  'internal',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** One invalid field: `path` is dotted from the input's root ("near.lat"), `message` starts in lower case. */
export const FieldError = z.object({ path: z.string(), message: z.string() });
export type FieldError = z.infer<typeof FieldError>;

export const ErrorDetails = z.object({
  /** The fields at fault, for `invalid_input`. */
  errors: z.array(FieldError).optional(),
  /** When a retry is worth it, in whole seconds, for `unavailable` and `too_many_requests`. */
  retryAfterSeconds: z.number().int().positive().optional(),
  /** Overrides the code's HTTP status, where the interface knows more than one (413, 415, 422, 412, 428). */
  status: z.number().int().optional(),
});
export type ErrorDetails = z.infer<typeof ErrorDetails>;

/** What crosses the transport when an operation fails. */
export const ErrorReply = z.object({ code: ErrorCode, message: z.string(), details: ErrorDetails.optional() });
export type ErrorReply = z.infer<typeof ErrorReply>;

/**
 * The one error that services throw. `message` is for people outside and must hold nothing internal;
 * what only the log may see goes into `options.cause`.
 */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  toReply(): ErrorReply {
    return { code: this.code, message: this.message, details: this.details };
  }

  static fromReply(reply: ErrorReply): AppError {
    return new AppError(reply.code, reply.message, reply.details);
  }
}

/** The HTTP status and title of each code (RFC 9457 problem details). */
export const problems: Record<ErrorCode, { status: number; title: string }> = {
  invalid_input: { status: 400, title: 'Invalid input' },
  unauthenticated: { status: 401, title: 'Sign-in required' },
  forbidden: { status: 403, title: 'Not allowed' },
  not_found: { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'Conflict' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
  internal: { status: 500, title: 'Internal error' },
};

/** The body of every failed HTTP call (`application/problem+json`). */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: ErrorCode,
  detail: z.string().optional(),
  requestId: z.string(),
  errors: z.array(FieldError).optional(),
});
export type Problem = z.infer<typeof Problem>;
