import { LanguageModelError } from './language-model.ts';

/** Whether a call of the model just had no answer, be it by its own failure or by a time limit of the caller's. */
export function isNoAnswer(error: unknown): boolean {
  return error instanceof LanguageModelError || (isNamed(error) && error.name === 'TimeoutError');
}

function isNamed(error: unknown): error is { name: unknown } {
  return typeof error === 'object' && error !== null && 'name' in error;
}
