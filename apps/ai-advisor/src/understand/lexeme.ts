import type { PropertyType } from '@viewora/contracts/listing';
import type { Place, PropertySort } from '@viewora/contracts/property';

export type Unit =
  | 'bed'
  | 'bhk'
  | 'bath'
  | 'sqft'
  | 'sqm'
  | 'cent'
  | 'acre'
  | 'km'
  | 'mi'
  | 'metre'
  | 'year'
  | 'day'
  | 'week'
  | 'month'
  | 'minute';

/** Which way a number bounds: "under" is a `max`, "over" a `min`. */
export type Side = 'max' | 'min' | 'about' | 'exact';

/** What the fair-housing laws of the markets protect; what of it a word is about. */
export type ProtectedClass = 'religion' | 'race' | 'origin' | 'family' | 'age' | 'disability' | 'sex' | 'caste';

/** What a word or phrase means, before it is known what stands beside it. */
export type Meaning =
  | { is: 'number'; value: number }
  /** Multiplies the number before it; `needsDigits` where the word alone means something else ("m", "k"). */
  | { is: 'scale'; factor: number; needsDigits?: true }
  | { is: 'currency'; code: string }
  | { is: 'unit'; unit: Unit; needsNumber?: true }
  /** Where it stands: before its number ("under"), after it ("or less"), or either ("max"). */
  | { is: 'limit'; side: Side; at: 'before' | 'after' | 'either'; of?: 'year' }
  | { is: 'between' }
  /** Joins the two ends of a range. */
  | { is: 'to' }
  | { is: 'and' }
  | { is: 'or' }
  | { is: 'topic'; of: 'price' | 'built' | 'listed' | 'age' }
  | { is: 'lately' }
  | { is: 'type'; types: readonly PropertyType[]; beds?: number }
  | { is: 'sort'; sort: PropertySort; label: string }
  | { is: 'listed'; days: number }
  | { is: 'in' }
  /** `isOrder`: the nearest first, too. */
  | { is: 'near'; isOrder?: true }
  /** `near`, where it stands after its place, as in Hindi and Malayalam. */
  | { is: 'nearby' }
  | { is: 'here' }
  | { is: 'of' }
  | { is: 'with' }
  | { is: 'not' }
  | { is: 'protected'; about: ProtectedClass }
  /** Protected only where a word for people stands beside it: "white neighbourhood", not "white kitchen". */
  | { is: 'perhaps-protected'; about: ProtectedClass }
  | { is: 'steering' }
  /** Steering only where a word for an area stands beside it: "safe area", not "wall safe"; `isOfHomesToo`: nor "upscale home". */
  | { is: 'perhaps-steering'; isOfHomesToo?: true }
  /** What nobody can promise: a rise in value, a loan, how the law sees a case. */
  | { is: 'promise' }
  /** Speaks to whoever answers, not of homes. */
  | { is: 'instruction' }
  | { is: 'people' }
  | { is: 'area-word' }
  | { is: 'home' }
  | { is: 'filler' }
  | { is: 'word' }
  | { is: 'amenity' }
  | { is: 'sign'; sign: string }
  | { is: 'place'; place: Place };

/** A stretch of the question and what it means. */
export type Lexeme = Meaning & {
  text: string;
  start: number;
  end: number;
  isGlued: boolean;
  isCapital: boolean;
  /** Of a number: written in digits. */
  isDigits?: boolean;
};

export type LexemeOf<K extends Meaning['is']> = Extract<Lexeme, { is: K }>;
