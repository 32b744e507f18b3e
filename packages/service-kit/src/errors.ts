import { AppError, type FieldError } from '@viewora/contracts/errors';
import type { z } from 'zod';

/** Codes of Node and Postgres that mean "not now" rather than "wrong". */
const transientCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  '08006', // connection failure
  '40001', // could not serialize
  '40P01', // deadlock: this one was chosen to begin again
  '53300', // too many connections
  '57014', // statement timeout
  '57P01', // the server shuts down
  '57P03', // the server starts up
]);

/** Any error as one that may leave the service. The unknown becomes `internal`, with the original as its cause. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isTransient(error)) {
    return new AppError(
      'unavailable',
      'A part of the service cannot be reached',
      { retryAfterSeconds: 1 },
      { cause: error },
    );
  }
  return new AppError('internal', 'Something went wrong on our side', {}, { cause: error });
}

function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, cause } = error as Error & { code?: unknown };
  const timedOut = /timeout exceeded|Connection terminated|Query read timeout/i.test(error.message);
  return timedOut || (typeof code === 'string' && transientCodes.has(code)) || (cause !== error && isTransient(cause));
}

/** Parses input by an operation's schema; throws `invalid_input` that names every field at fault. */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  // The input tells "is missing" from "is of another type".
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw invalidInput(parsed.error.issues.flatMap(fieldErrors));
}

/** `invalid_input` with its fields. */
export function invalidInput(errors: FieldError[], status?: number): AppError {
  const fields = new Set(errors.map(({ path }) => path)).size;
  const detail = fields === 1 ? '1 field is invalid' : `${fields} fields are invalid`;
  return new AppError('invalid_input', detail, { errors, ...(status && { status }) });
}

/** An issue of zod's as fields of our own. */
export function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: 'is not known' }));
  }
  return [{ path: issue.path.join('.'), message: messageOf(issue) }];
}

/** Zod's English, as the second half of a sentence that begins with the field's name. */
function messageOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_big':
      return issue.origin === 'string'
        ? `must have at most ${issue.maximum} characters`
        : issue.origin === 'array'
          ? `must have at most ${issue.maximum} items`
          : `must be at most ${issue.maximum}`;
    case 'too_small':
      return issue.origin === 'string'
        ? issue.minimum === 1
          ? 'must not be empty'
          : `must have at least ${issue.minimum} characters`
        : issue.origin === 'array'
          ? `must have at least ${issue.minimum} items`
          : `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'invalid_type':
      return issue.input === undefined ? 'is required' : `must be ${withArticle(issue.expected)}`;
    case 'invalid_value':
      return issue.input === undefined ? 'is required' : `must be one of ${issue.values.join(', ')}`;
    case 'invalid_format':
      return issue.message.startsWith('Invalid')
        ? `must be a valid ${formatNames[issue.format] ?? issue.format}`
        : issue.message;
    default:
      return issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
  }
}

const formatNames: Record<string, string> = {
  uuid: 'UUID',
  datetime: 'ISO 8601 date and time',
  url: 'URL',
  email: 'e-mail address',
};

function withArticle(type: string): string {
  if (type === 'int') return 'a whole number';
  if (type === 'tuple') return 'a list of numbers';
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}
