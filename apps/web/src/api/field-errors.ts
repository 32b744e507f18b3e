import { AppError } from '@viewora/contracts/errors';
import type { Operation } from '@viewora/contracts/service';

/** What a form is checked against: an operation's input, or what is left of it. */
export type Schema = Operation['input'];
export type ValuesOf<S extends Schema> = S['_zod']['output'];

type Refused = NonNullable<ReturnType<Schema['safeParse']>['error']>;

/** By a field's name, what is wrong with it: the second half of a sentence that begins with its label. */
export type FieldErrors = Readonly<Record<string, string | undefined>>;

/** What the server refused, field by field; the first complaint of each. */
export function fieldErrors(error: unknown): FieldErrors {
  const errors = error instanceof AppError ? (error.details.errors ?? []) : [];
  return Object.fromEntries(errors.toReversed().map(({ path, message }) => [path, message]));
}

/** The same from the contract's schema, before anything is sent. */
export function issueErrors({ issues }: Refused): FieldErrors {
  return Object.fromEntries(issues.toReversed().map((issue) => [issue.path.join('.'), messageOf(issue)]));
}

function messageOf(issue: Refused['issues'][number]): string {
  if (issue.code === 'too_small' && issue.minimum === 1) return 'is missing';
  if (issue.code === 'too_small') return `must have at least ${issue.minimum} characters`;
  if (issue.code === 'too_big') return `must have at most ${issue.maximum} characters`;
  if (issue.code === 'invalid_type' || issue.code === 'invalid_value') return 'is missing';
  if (issue.code === 'invalid_format') return 'must look like name@example.com';
  return issue.message;
}
