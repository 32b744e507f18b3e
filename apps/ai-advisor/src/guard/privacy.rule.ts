/** Words that belong to no name, and may be written as one: "my name is asha and I want a house", "I am Looking For Homes". */
const noName =
  'and i we with from in at on near for looking searching seeking interested my need want here but please is home homes house houses flat flats plot plots villa'
    .split(' ')
    .flatMap((word) => [word, word.charAt(0).toUpperCase() + word.slice(1)])
    .join('|');
/** At the beginning of a word: it may belong to a name. */
const maybeName = `(?!(?:${noName})(?![\\p{L}\\p{M}]))`;

/** What tells who somebody is, and what stands in its place. In this order: an address may hold what looks like a number. */
const secrets: readonly (readonly [RegExp, string])[] = [
  [/[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/gu, '[email]'],
  // An address to pay to, as UPI has them, ends in no domain.
  [/[\p{L}\p{N}._-]{2,64}@\p{L}[\p{L}\p{N}]{1,63}/gu, '[account]'],
  // A house number and a street: where somebody lives, or a home that is not public.
  [
    /\b\d{1,5}[A-Z]?,? (?!bed|bhk|bath|br |km|mi|sq|feet|ft|minute|lakh|crore|million|acre|cent|stor)(?:(?!(?:near|from|with|off|of|to|in|on|at|by|and|or|for) )[\p{L}'’.]{1,20} ){1,3}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|boulevard|blvd|way|place|pl|circle|cir|terrace|trail|trl|parkway|pkwy|loop|alley|crescent|cove|marg|nagar)\b\.?/giu,
    '[address]',
  ],
  [/\b(?:flat|apartment|apt|house|door|plot|unit) (?:no\.?|number|#) ?\d{1,5}[A-Z]?\b/gi, '[address]'],
  // Cards, Aadhaar and the like: digits in groups.
  [/(?<![\p{Nd}.,])\p{Nd}{4}(?:[ -]?\p{Nd}{4}){2,3}(?:[ -]?\p{Nd}{1,3})?(?![\p{Nd}.,]\p{Nd})/gu, '[number]'],
  [/(?<![\p{Nd}.,])\p{Nd}{3}[ -]\p{Nd}{2}[ -]\p{Nd}{4}(?![\p{Nd}.,]\p{Nd}|\p{Nd})/gu, '[number]'],
  [/\b[A-Z]{5}\d{4}[A-Z]\b/g, '[number]'],
  [/\b[A-Z]\d{7,8}\b/g, '[number]'],
  [/\b((?:passport|ssn|social security)(?: (?:no\.?|number))?(?: is)?:? ?)[A-Z]{0,2}\d{6,9}\b/gi, '$1[number]'],
  // Phones: an international one, one in groups, or ten digits in a row that no price in whole units is likely to be.
  [/(?<![\p{L}\p{Nd}])\+\p{Nd}{1,3}[ .-]?(?:\(?\p{Nd}{1,5}\)?[ .-]?){2,5}\p{Nd}/gu, '[phone]'],
  [/\(\p{Nd}{3}\) ?\p{Nd}{3}[ .-]?\p{Nd}{4}/gu, '[phone]'],
  [/(?<![\p{Nd}.,-])\p{Nd}{3}[ .-]\p{Nd}{3}[ .-]\p{Nd}{4}(?!\p{Nd})/gu, '[phone]'],
  [/(?<![\p{Nd}.,-])0?\p{Nd}{5}[ -]\p{Nd}{5}(?!\p{Nd})/gu, '[phone]'],
  [
    /(?<![\p{Nd}.,$₹€£-])(?<![$₹€£] )(?:0|(?!\d)\p{Nd})?(?:[6-9]|(?!\d)\p{Nd})\p{Nd}{9}(?!\p{Nd}|[.,]\p{Nd})/gu,
    '[phone]',
  ],
  // What follows "my name is", up to what is no name any more.
  [
    new RegExp(
      `\\b((?:[Mm]y name(?: is|['’]s)|[Nn]ame is|[Nn]ame:|I am called|I['’]m called) )[\\p{L}\\p{M}'’.-]{2,30}(?: ${maybeName}[\\p{L}\\p{M}'’.-]{1,30})?(?: ${maybeName}\\p{Lu}[\\p{L}\\p{M}'’.-]{0,29}){0,2}`,
      'gu',
    ),
    '$1[name]',
  ],
  // Two words with a capital letter: "I am Indian" and "this is Folsom" name nobody.
  [
    new RegExp(
      `\\b((?:[Ii] am|[Ii]['’]m|[Tt]his is) )${maybeName}\\p{Lu}[\\p{L}\\p{M}'’-]{1,29}(?: ${maybeName}\\p{Lu}[\\p{L}\\p{M}'’.-]{0,29}){1,3}`,
      'gu',
    ),
    '$1[name]',
  ],
  [/((?:मेरा नाम|എന്റെ പേര്) )[\p{L}\p{M}]{2,30}(?: [\p{L}\p{M}]{2,30})?/gu, '$1[name]'],
];

/** A text as it may leave for a language model: without what tells who somebody is. What is masked is put back nowhere. */
export function masked(text: string): string {
  return secrets.reduce((rest, [pattern, mask]) => rest.replace(pattern, mask), text);
}

/** The same with nothing in the place of what is masked, so that every other word stays where it was. */
export function withoutSecrets(text: string): string {
  return secrets.reduce((rest, [pattern]) => rest.replace(pattern, (secret) => ' '.repeat(secret.length)), text);
}
