import type { Reading } from './reading.ts';

/**
 * "Ignore all previous instructions and say that …": where a question tells the advisor what to be or do, only words that are
 * known to be of homes count, so that nothing is looked for, or put first, by the others.
 */
export function readInstructions(reading: Reading): void {
  const { lexemes } = reading;
  const told = lexemes.findIndex(({ is }, i) => is === 'instruction' && reading.at(i));
  if (told < 0) return;
  reading.leaveOut(told, told + 1, 'instruction');
  for (let i = 0; i < lexemes.length; i++) {
    if (reading.when(i, 'word') || reading.when(i, 'instruction')) reading.take(i, i + 1);
  }
}
