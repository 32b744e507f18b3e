import type { Lexeme } from './lexeme.ts';
import type { Reading } from './reading.ts';

/** What these stand after belongs to a name or is a thing: "Christian Street", "Hindu temple", "Indian restaurant". */
const landmarks = new Set(
  'street st road rd avenue ave lane ln drive dr boulevard blvd way court ct nagar square circle temple church mosque synagogue college school schools hospital cemetery museum restaurant restaurants market food style kitchen toilet toilets bathroom access parking marble granite tiles hills valley creek park'.split(
    ' ',
  ),
);

/** Words that make a wish about people complete: "no Muslims", "for women only", "mostly white neighbourhood". */
const besides = new Set(['people', 'not', 'perhaps-protected', 'protected', 'area-word', 'here']);

/** Why something is left out so that nobody is treated unfairly, or misled. */
export type Concern = 'protected' | 'steering' | 'promise';

/**
 * Who somebody is, or who lives somewhere, never becomes part of a search (Fair Housing Act, 42 U.S.C. § 3604, and the like
 * elsewhere), nor does what nobody can promise. Goes first, so that no other rule sees these words.
 */
export function readFairness(reading: Reading): void {
  for (let i = 0; i < reading.lexemes.length; i++) {
    const lexeme = reading.at(i);
    const reason = lexeme && reasonAt(reading, i, lexeme);
    if (!reason) continue;
    const [first, end] = widen(reading, i);
    reading.leaveOut(first, end, reason);
  }
}

function reasonAt(reading: Reading, i: number, lexeme: Lexeme): Concern | undefined {
  const next = reading.at(i + 1);
  if (next && landmarks.has(next.text) && !isPeopleThere(reading, i)) return undefined;
  switch (lexeme.is) {
    case 'protected':
      return 'protected';
    case 'steering':
      return 'steering';
    case 'promise':
      return 'promise';
    case 'perhaps-protected':
      return isPeopleThere(reading, i) ? 'protected' : undefined;
    case 'perhaps-steering':
      return isAreaThere(reading, i, lexeme.isOfHomesToo) ? 'steering' : undefined;
    default:
      return undefined;
  }
}

/** "white people", "mostly Asian", "Indian and Chinese families". */
function isPeopleThere(reading: Reading, i: number): boolean {
  const after = reading.skip(i + 1, 1, ['perhaps-protected', 'and', 'or'], 4);
  const [before, next] = [reading.at(i - 1), reading.at(after)];
  // "Indian street food" has a thing for its area.
  const isArea =
    next?.is === 'area-word' && !(next.text === 'street' || landmarks.has(reading.at(after + 1)?.text ?? ''));
  return (
    next?.is === 'people' ||
    isArea ||
    (before?.is === 'people' && /^(mostly|predominantly|majority)$/.test(before.text))
  );
}

function isAreaThere(reading: Reading, i: number, isOfHomesToo = false): boolean {
  const after = reading.skip(i + 1, 1, ['and', 'filler', 'perhaps-steering'], 3);
  const next = reading.at(after);
  const isOfHome = next?.is === 'home' && !isOfHomesToo;
  return next?.is === 'area-word' || next?.is === 'people' || isOfHome || reading.at(i - 1)?.is === 'area-word';
}

/** The words around that belong to it. */
function widen(reading: Reading, i: number): [number, number] {
  let first = i;
  let end = i + 1;
  while (isBeside(reading.at(first - 1)) && reading.at(first - 1)?.is !== 'area-word') first--;
  while (isBeside(reading.at(end)) && reading.at(end)?.is !== 'not') end++;
  return [first, end];
}

function isBeside(lexeme: Lexeme | undefined): boolean {
  return lexeme !== undefined && (besides.has(lexeme.is) || lexeme.text === 'only');
}
