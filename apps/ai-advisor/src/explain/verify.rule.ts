import type { ListingDetail } from '@viewora/contracts/listing';
import { fold, tokenize } from '@viewora/contracts/text';
import type { Turn } from '../facts/turn.ts';
import { concernsOf } from '../guard/guard.rule.ts';
import { lexemesOf } from '../understand/lexemes.ts';
import { tokensOf } from '../understand/tokens.ts';
import { vocabulary } from '../understand/vocabulary/vocabulary.ts';
import { comparesTruly, type Placed } from './comparing.rule.ts';
import type { Figures } from './figures.ts';
import { hasForeignNumber } from './number.words.ts';
import { tokenPattern } from './rendering.ts';

/** Why a sentence is cut. */
export type Flaw =
  | 'too_long'
  | 'hidden_characters'
  | 'markup'
  | 'address'
  | 'unknown_token'
  | 'speaks_of_nothing'
  | 'number'
  | 'other_script'
  | 'wrong_home'
  | 'unknown_name'
  | 'concern'
  | 'order'
  | 'false_comparison'
  | 'unsupported_feature';

const longestSentence = 400;
const markup = /[<>`*_#|\\~^[\]{}=]|^\s*[-–•+]/u;
const address = /@|:\/\/|\bwww\.|\b[\p{L}\p{N}-]+\.(?:com|org|net|info|biz|io|dev|app|in|co|uk|us|me)\b|\/\p{L}/iu;
const numeral = /[\p{N}\p{Sc}%‰]/u;
/** "One" is a number but where it stands for a home. */
const numberWord =
  /\b(?:zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\p{L}{3,5}teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|lakhs?|lacs?|crores?|millions?|billions?|dozens?|half|halves|twice|thrice|double|triple|quarters?|percent|per cent|pair|couple of|single|(?<!\b(?:this|that|which|each|every|other|another|the|first|last|next) )one(?! (?:of|is|has|asks)\b))\b/iu;
const romanNumeral = /\b[IVXLCDM]{2,}\b/u;
/** What nobody here has a reason to ask of a reader, nor to tell of themselves. */
const order =
  /\b(?:ignore|disregard|instructions?|prompts?|system|assistant|language model|ai|password|passcode|key|call|phone|telephone|whats ?app|text|e-?mail|wire|transfer|deposit|pay|send|click|visit|website|link|log ?in|contact)\b/iu;
/** What is said of a home to please, and must be in what its seller writes. */
const praise =
  /\b(?:quiet|sunny|bright|spacious|airy|renovated|remodell?ed|updated|upgraded|modern|contemporary|luxur\w+|stunning|beautiful|gorgeous|charming|co[sz]y|walkable|convenient\w*|well[- ]maintained|well[- ]kept|immaculate|move[- ]in|turn[- ]?key|central\w*|desirable|sought|popular|prime|private|rare|unique|elegant|generous|ample|excellent|amazing|fantastic|wonderful|lovely|peaceful|scenic|green|fresh|pristine|historic|brand[- ]new|energy[- ]efficient|waterfront)\b/giu;
/** Words that sentences begin with, beside those of the vocabulary: any other one with a capital letter may be a name. */
const openings = new Set(
  'after again all although among asking another because before both compared consider each either even further hence here however its just likewise more most neither new next nothing now once only other otherwise overall since still such take their then therefore they though thus together unlike until when where whereas whether while yet your'.split(
    ' ',
  ),
);
/** Who denies a feature, or says that others lack it, says more than is written. */
const denial = /\b(?:only|alone|not|no|without|lacks?|lacking|missing|neither|nor|never|n't)\b|n['’]t\b/iu;

const leading = /^(?:at|for|with|asking|priced at) \{\{/iu;

/** What sentences may speak of beside figures. */
export interface Grounds {
  /** Folded words of the names of places. */
  names: ReadonlySet<string>;
  /** What the seller of a home writes, by the home's token: folded words with a space around each. */
  texts: ReadonlyMap<string, string>;
}

/** What sentences are held against; whom the last one spoke of, too. */
export class Verifier {
  private lastHome: string | undefined;
  /** Of several that are compared. */
  private lastPlace: string | undefined;

  constructor(
    private readonly figures: Figures,
    private readonly grounds: Grounds,
  ) {}

  /** Null where everything that it says is so, as far as anybody can tell by this turn's data. */
  flawOf(sentence: string): Flaw | null {
    const placed = [...sentence.matchAll(tokenPattern)].flatMap(({ index, 1: name = '' }) => {
      const figure = this.figures.get(name);
      return figure ? { name, figure, index } : [];
    });
    // What only looks like a letter or a digit is taken for it.
    const bare = sentence.normalize('NFKC').replace(tokenPattern, ' ◦ ');
    const flaw = this.flawOfForm(sentence, bare, placed) ?? this.flawOfMeaning(sentence, bare, placed);
    if (flaw === null) {
      this.lastHome = placed.filter(isHome).at(-1)?.name ?? this.lastHome;
      this.lastPlace = placed.filter(isPlace).at(-1)?.name ?? this.lastPlace;
    }
    return flaw;
  }

  private flawOfForm(sentence: string, bare: string, placed: readonly Placed[]): Flaw | null {
    if (sentence.length > longestSentence) return 'too_long';
    if (/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/u.test(sentence)) return 'hidden_characters';
    if (placed.length < [...sentence.matchAll(tokenPattern)].length) return 'unknown_token';
    if (markup.test(bare)) return 'markup';
    if (address.test(bare)) return 'address';
    if (/(?!\p{Script=Latin})\p{L}/u.test(bare)) return 'other_script';
    if (numeral.test(sentence.replace(tokenPattern, '')) || numeral.test(bare)) return 'number';
    if (numberWord.test(bare) || romanNumeral.test(bare) || hasForeignNumber(bare)) return 'number';
    return null;
  }

  private flawOfMeaning(sentence: string, bare: string, placed: readonly Placed[]): Flaw | null {
    if (placed.length === 0) return 'speaks_of_nothing';
    if (!this.isOfItsHome(sentence, placed)) return 'wrong_home';
    if (concernsOf(bare).length > 0) return 'concern';
    if (order.test(bare)) return 'order';
    if (this.hasUnknownName(bare)) return 'unknown_name';
    if (/\bbudget\b/iu.test(bare) && !this.figures.has('budget')) return 'false_comparison';
    if (!comparesTruly(sentence, placed, this.figures)) return 'false_comparison';
    return this.isSupported(bare, placed) ? null : 'unsupported_feature';
  }

  /** A figure of a home or place stands after its name, goes on about the one before, or leads up to the name: "At …, …". */
  private isOfItsHome(sentence: string, placed: readonly Placed[]): boolean {
    const isLeading = leading.test(sentence);
    let home = isLeading ? placed.find(isHome)?.name : this.lastHome;
    let place = isLeading ? placed.find(isPlace)?.name : this.lastPlace;
    return placed.every((one) => {
      if (isHome(one)) home = one.name;
      if (isPlace(one)) place = one.name;
      return one.figure.of === undefined || one.figure.of === home || one.figure.of === place;
    });
  }

  /** Whether a word with a capital letter is the name of no place of this turn, nor a word that sentences begin with. */
  private hasUnknownName(bare: string): boolean {
    const words = [...bare.matchAll(/[\p{L}\p{M}'’]+/gu)].filter(([word]) => /^\p{Lu}/u.test(word) && word !== 'I');
    return words.some(({ index, 0: word }) => {
      const isFirst = !/[\p{L}◦]/u.test(bare.slice(0, index));
      const isOrdinary = isFirst && (openings.has(fold(word)) || vocabulary.has(fold(word)));
      return !isOrdinary && !this.grounds.names.has(fold(word));
    });
  }

  /** Features are those that the sellers of all homes that the sentence names write of; none can be denied. */
  private isSupported(bare: string, placed: readonly Placed[]): boolean {
    const amenities = lexemesOf(bare, tokensOf(bare), new Map()).filter(({ is }) => is === 'amenity');
    const claimed = [...amenities.map(({ text }) => text), ...(bare.match(praise) ?? [])];
    if (claimed.length === 0) return true;
    if (denial.test(bare)) return false;
    const homes = placed.filter(isHome).map(({ name }) => name);
    const about = homes.length > 0 ? homes : this.lastHome === undefined ? [] : [this.lastHome];
    const isWritten = (claim: string) =>
      about.every((home) => this.grounds.texts.get(home)?.includes(` ${tokenize(claim).join(' ')} `));
    return about.length > 0 && claimed.every(isWritten);
  }
}

function isHome({ figure }: Placed): boolean {
  return figure.source?.kind === 'listing';
}

function isPlace({ figure }: Placed): boolean {
  return figure.source?.kind === 'market';
}

/** What a turn is about: its places, and what sellers write of its homes. */
export function groundsOf({ question, results, details }: Turn, figures: Figures): Grounds {
  const { items, area, areas = [] } = results;
  const places = items.flatMap(({ city, locality }) => [city, locality]);
  const labels = [area, ...areas].map((one) => one?.label);
  const written = new Map(details.map((detail) => [detail.id, textOf(detail)]));
  const texts = [...figures].flatMap(([token, { source }]) =>
    source?.kind === 'listing' ? [[token, written.get(source.id) ?? ''] as const] : [],
  );
  return { names: namesOf([question.filter.place, ...labels, ...places]), texts: new Map(texts) };
}

function textOf({ title, description }: ListingDetail): string {
  return ` ${tokenize(`${title} ${description}`).join(' ')} `;
}

/** The words that names are made of, as they are compared. */
export function namesOf(names: readonly (string | null | undefined)[]): ReadonlySet<string> {
  return new Set(names.flatMap((name) => name?.match(/[\p{L}\p{M}'’]+/gu) ?? []).map(fold));
}
