import { fold } from '@viewora/contracts/text';
import type { AdvisedFilter, Intent } from '@viewora/contracts/understanding';
import type { Lexeme, Meaning } from './lexeme.ts';
import type { Reading } from './reading.ts';

/** What tells an intent, most telling first. Phrases are compared as whole words. */
const signs: readonly (readonly [Intent, string])[] = [
  [
    'off_topic',
    'weather, poem, joke, recipe, recipes, write code, python, javascript, president, football, cricket score, stock price, stock market, bitcoin, crypto, song, lyrics, movie, movies, translate, who won, horoscope, homework, capital of, ignore previous instructions, ignore all previous instructions, system prompt',
  ],
  [
    'price_check',
    'fair price, fair for, a fair, price fair, reasonable for, too much for, right for a, should i pay, is it a good price, is it a good deal, fairly priced, overpriced, underpriced, worth it, what is it worth, what is my home worth, what is my house worth, price check, how much is, how much does, how much are, how expensive is, how expensive are, market value, estimate the price, estimated value, right price, average price, median price, what do homes cost, what does a house cost, going rate',
  ],
  [
    'compare',
    'compare, compares, compared to, compared with, comparison, versus, vs, difference between, differences between, which is better, better than, or should i, side by side',
  ],
  [
    'process',
    'how do i buy, how do i sell, how to buy, how to sell, how to list, how do i list, mortgage, mortgages, home loan, loan, down payment, stamp duty, registration charges, registration, closing costs, escrow, make an offer, making an offer, inspection, lawyer, solicitor, notary, documents do i need, documents are needed, what documents, title deed, first time buyer, steps to, steps of, steps in, process of, property tax, property taxes, how long does it take, contact a broker, contact the seller, schedule a visit, book a visit, required documents',
  ],
  [
    'explain_area',
    'tell me about, what is it like, what s it like, whats it like, what would it be like to live, good place to live, living in, how is life in, is it a good area, about the area, about the neighborhood, about the neighbourhood, what kind of area, which area, which areas, which neighborhoods, which neighbourhoods, describe, overview of, market in, market trend, market trends, price trend, price trends, schools in, how is the area, how is the market',
  ],
];

/** What compares where several places are named. */
const comparatives =
  'cheaper, dearer, pricier, more expensive, less expensive, more affordable, better, bigger, larger, roomier, busier, more, less, further';
const choices = 'should, choose, choosing, decide, deciding, undecided, torn, pick, prefer, help';
const weighings = [
  // "More than 3 beds" is the bound of a number.
  new RegExp(
    `(?:^ (?:(?:and|so|but) )*(?:is|are|do|does|would)| which| where) .*(?:${comparatives.replaceAll(', ', '|')}) (?!than (?:\\P{L}|$))`,
    'u',
  ),
  /^ (?:(?:and|so|but) )*(?:(?:where )?(?:should|shall) (?:i|we)|would you|help me (?:choose|decide|pick)) /,
  / (?:torn|choos(?:e|ing)|decid(?:e|ing)|undecided) between /,
];

const asksCost = / what (?:do|does|would|will) .*cost | (?:is|are|was|would) .*good (?:price|deal) /;

const phrases = signs.map(([intent, list]) => [intent, list.split(', ').map((phrase) => ` ${phrase} `)] as const);

const listOf = (intent: Intent) => signs.find(([each]) => each === intent)?.[1] ?? '';
/** Whatever a comparison of places is asked by. */
const comparing = [listOf('compare'), listOf('price_check'), listOf('explain_area'), comparatives, choices].join(', ');
const telling = new Map(
  signs.map(([intent, list]) => [intent, new Set((intent === 'compare' ? comparing : list).split(/, | /))] as const),
);

/** Meanings that only questions about homes have. */
const ofHomes = new Set<Meaning['is']>(['amenity', 'home', 'type', 'unit', 'area-word', 'place', 'sort', 'listed']);
const areas = new Set<Meaning['is']>(['place', 'area-word']);
/** Those by which even a question with a foreign word is one about homes; "home" by itself is that of a home page, too. */
const surely = new Set<Meaning['is']>(['type', 'unit']);
const homes = new Set<Meaning['is']>(['home']);
const places = new Set<Meaning['is']>(['place']);

export function intentOf({ lexemes, understood, leftOut, places: named, filter }: Reading): Intent {
  if (surelyOffTopic(lexemes)) return 'off_topic';
  const said = wordsOf(lexemes);
  const told = toldIn(said);
  if (named.length > 1 && isWeighing(said, told, filter)) return 'compare';
  if (told !== undefined && told !== 'off_topic') return told;
  if (asksCost.test(said)) return 'price_check';
  if (said.endsWith(' worth ') && said.includes(' what ')) return 'price_check';
  const asksHow = said.endsWith(' like ') && (said.includes(' what ') || said.includes(' how '));
  if (asksHow && lexemes.some(isOf(areas))) return 'explain_area';
  return understood.length > 0 || leftOut.length > 0 || lexemes.some(isOf(ofHomes)) ? 'find' : 'off_topic';
}

/** Whether several places are asked about to hold one against the other. */
function isWeighing(said: string, told: Intent | undefined, filter: AdvisedFilter): boolean {
  if (told === undefined) return weighings.some((pattern) => pattern.test(said));
  const isOfPlacesAlone = Object.keys(filter).every((field) => field === 'place' || field === 'type');
  return told === 'explain_area' || (told === 'price_check' && isOfPlacesAlone);
}

/** Whether a wish is only made of words that tell the intent: "fair" of "a fair price". */
export function isTelling(wish: string, intent: Intent): boolean {
  const words = telling.get(intent);
  return words !== undefined && wish.split(' ').every((word) => words.has(fold(word)));
}

/** Whether it says outright that it is about something else, rather than nothing that is known here. */
export function surelyOffTopic(lexemes: readonly Lexeme[]): boolean {
  const isOfHomes = lexemes.some(isOf(surely)) || (lexemes.some(isOf(homes)) && lexemes.some(isOf(places)));
  return toldIn(wordsOf(lexemes)) === 'off_topic' && !isOfHomes;
}

function toldIn(said: string): Intent | undefined {
  return phrases.find(([, list]) => list.some((phrase) => said.includes(phrase)))?.[0];
}

function wordsOf(lexemes: readonly Lexeme[]): string {
  const words = lexemes.filter(({ is }) => is !== 'sign').map(({ text }) => text);
  return ` ${words.join(' ')} `;
}

function isOf(meanings: ReadonlySet<Meaning['is']>): (lexeme: Lexeme) => boolean {
  return (lexeme) => meanings.has(lexeme.is);
}
