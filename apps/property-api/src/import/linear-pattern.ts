import { setFlagsFromString } from 'node:v8';

// V8's engine without backtracking (https://v8.dev/blog/non-backtracking-regexp) serves patterns with the flag `l` alone.
setFlagsFromString('--enable-experimental-regexp-engine');

/**
 * A regular expression that takes time in proportion to what it is applied to, whoever wrote it.
 * @throws SyntaxError for one that cannot: with look-around, back-references, or counts above sixteen
 */
export function linearPattern(source: string): RegExp {
  return new RegExp(source, 'gl');
}
