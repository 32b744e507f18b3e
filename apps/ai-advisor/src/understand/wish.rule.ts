import type { Meaning } from './lexeme.ts';
import type { Reading } from './reading.ts';

/** What makes a wish; of what fairness is about, only the look-alikes are left by now. */
const content = new Set<Meaning['is']>([
  'word',
  'amenity',
  'protected',
  'perhaps-protected',
  'steering',
  'perhaps-steering',
]);
/** What may stand within one. */
const within = new Set<Meaning['is']>([
  'filler',
  'in',
  'of',
  'home',
  'people',
  'area-word',
  'unit',
  'topic',
  'number',
  'to',
  'near',
  'nearby',
  'here',
  'scale',
  'type',
  'limit',
  'between',
]);
/** With these a wish may begin: "near schools", "10 minutes from the airport". */
const openings = new Set<Meaning['is']>(['near', 'number']);
/** With these it may end: "large bedrooms", "quiet street", "restaurants nearby". */
const endings = new Set<Meaning['is']>(['unit', 'area-word', 'here']);

const mostWishes = 20;

/** What is left: the words of the question that no field can hold, as they were said. */
export function readWishes(reading: Reading): void {
  for (let i = 0; i < reading.lexemes.length; i++) {
    const opening = reading.at(i)?.is;
    if (!opening || !(content.has(opening) || openings.has(opening))) continue;
    const { end, stop } = runFrom(reading, i);
    if (end > i && reading.wishes.length < mostWishes) reading.wish(i, end);
    // Where nothing was found up to there, nothing will be from any word in between.
    i = stop - 1;
  }
}

/** Up to where a wish reaches that begins there, and where what might have belonged to it stops. */
function runFrom(reading: Reading, i: number): { end: number; stop: number } {
  let end = i;
  let stop = i;
  for (; ; stop++) {
    const is = reading.at(stop)?.is;
    if (!is || !(content.has(is) || within.has(is))) break;
    if (content.has(is) || (is === 'type' && reading.at(i)?.is === 'near')) end = stop + 1;
    else if (endings.has(is) && end === stop && stop > i) end = stop + 1;
  }
  return { end, stop };
}
