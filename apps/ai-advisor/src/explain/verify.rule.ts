import type { ListingDetail } from '@viewora/contracts/listing';
import { fold, tokenize } from '@viewora/contracts/text';
import type { Turn } from '../facts/turn.ts';
import { concernsOf } from '../guard/guard.rule.ts';
import { vocabulary } from '../understand/vocabulary/vocabulary.ts';
import { comparesTruly, type Placed } from './comparing.rule.ts';
import type { Figures } from './figures.ts';
import { plainWords } from './plain.words.ts';
import { tokenPattern } from './rendering.ts';
import { type Grounds, isBorneOut } from './support.rule.ts';

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
  | 'unsupported';

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
/** From one name to the next of those that something is said of together. */
const joining = /^\{\{[^}]*\}\}[\s,]*(?:and|or)?[\s,]*$/iu;
const leading = /^(?:at|for|with|asking|priced at) \{\{/iu;

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
    if (numberWord.test(bare) || romanNumeral.test(bare)) return 'number';
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
    if (!isNoAskingPrice(sentence, placed)) return 'wrong_home';
    const { figures, grounds } = this;
    return isBorneOut(sentence, placed, this.homesOf(sentence, placed), { figures, grounds }) ? null : 'unsupported';
  }

  /**
   * A figure of a home or place stands after its name, goes on about the one before, or leads up to the name: "At …, …". After
   * several names in a row it is that of each of them.
   */
  private isOfItsHome(sentence: string, placed: readonly Placed[]): boolean {
    const isLeading = leading.test(sentence);
    let homes = [isLeading ? placed.find(isHome)?.name : this.lastHome];
    let places = [isLeading ? placed.find(isPlace)?.name : this.lastPlace];
    return placed.every((one, i) => {
      const before = placed[i - 1];
      const isJoined = before !== undefined && joining.test(sentence.slice(before.index, one.index));
      if (isHome(one)) homes = isJoined && isHome(before) ? [...homes, one.name] : [one.name];
      if (isPlace(one)) places = isJoined && isPlace(before) ? [...places, one.name] : [one.name];
      const isName = isHome(one) || isPlace(one);
      return isName || one.figure.of === undefined || this.isOfAll(one, homes) || this.isOfAll(one, places);
    });
  }

  private isOfAll({ name, figure }: Placed, owners: readonly (string | undefined)[]): boolean {
    if (!owners.includes(figure.of)) return false;
    const fact = name.slice(figure.of?.length);
    return owners.every((owner) => this.figures.get(`${owner}${fact}`)?.text === figure.text);
  }

  /** Whether a word with a capital letter is the name of no place of this turn, nor a word that sentences begin with. */
  private hasUnknownName(bare: string): boolean {
    const words = [...bare.matchAll(/[\p{L}\p{M}'’]+/gu)].filter(([word]) => /^\p{Lu}/u.test(word) && word !== 'I');
    return words.some(({ index, 0: word }) => {
      const isFirst = !/[\p{L}◦]/u.test(bare.slice(0, index));
      const isOrdinary = isFirst && (plainWords.has(fold(word)) || vocabulary.has(fold(word)));
      return !isOrdinary && !this.grounds.names.has(fold(word));
    });
  }

  /** The homes that a sentence is about: those that it names, and the one before where it says something ahead of them. */
  private homesOf(sentence: string, placed: readonly Placed[]): string[] {
    const named = placed.filter(isHome);
    const isOnAboutLast = named[0] === undefined || /\p{L}/u.test(sentence.slice(0, named[0].index));
    const isLeading = leading.test(sentence);
    const last = isOnAboutLast && !isLeading && this.lastHome !== undefined ? [this.lastHome] : [];
    return [...named.map(({ name }) => name), ...last];
  }
}

/** A price that is no home's is not said to be what a home asks. */
function isNoAskingPrice(sentence: string, placed: readonly Placed[]): boolean {
  return placed.every(({ figure, index }, i) => {
    if (figure.measure?.kind !== 'price' || figure.of !== undefined) return true;
    const before = placed[i - 1];
    const said = sentence.slice(before ? sentence.indexOf('}}', before.index) + 2 : 0, index);
    return (
      !/\b(?:ask|cost|price|offer)/iu.test(said) ||
      /\b(?:median|typical|comparable|budget|limit|range|above|below|over|under|between|than)\b/iu.test(said)
    );
  });
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
