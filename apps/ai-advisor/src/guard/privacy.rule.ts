/** What tells who somebody is, and what stands in its place. In this order: an address may hold what looks like a number. */
const secrets: readonly (readonly [RegExp, string])[] = [
  [/[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/gu, '[email]'],
  // A house number and a street: where somebody lives, or a home that is not public.
  [
    /\b\d{1,5}[A-Z]?,? (?!bed|bhk|bath|br |km|mi|sq|minute|lakh|crore|million)(?:[\p{L}'’.]{1,20} ){1,3}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|boulevard|blvd|way|place|pl|circle|cir|terrace|marg|nagar)\b\.?/giu,
    '[address]',
  ],
  [/\b(?:flat|apartment|apt|house|door|plot|unit) (?:no\.?|number|#) ?\d{1,5}[A-Z]?\b/gi, '[address]'],
  // Cards, Aadhaar and the like: digits in groups.
  [/(?<![\p{Nd}.,])\p{Nd}{4}(?:[ -]?\p{Nd}{4}){2,3}(?:[ -]?\p{Nd}{1,3})?(?![\p{Nd}.,]\p{Nd})/gu, '[number]'],
  [/\b\d{3}-\d{2}-\d{4}\b/g, '[number]'],
  [/\b[A-Z]{5}\d{4}[A-Z]\b/g, '[number]'],
  // Phones: an international one, one in groups, or ten digits in a row that no price in whole units is likely to be.
  [/(?<![\p{L}\p{Nd}])\+\p{Nd}{1,3}[ .-]?(?:\(?\p{Nd}{1,5}\)?[ .-]?){2,5}\p{Nd}/gu, '[phone]'],
  [/\(\p{Nd}{3}\) ?\p{Nd}{3}[ .-]?\p{Nd}{4}/gu, '[phone]'],
  [/(?<![\p{Nd}.,-])\p{Nd}{3}[ .-]\p{Nd}{3}[ .-]\p{Nd}{4}(?!\p{Nd})/gu, '[phone]'],
  [/(?<![\p{Nd}.,-])\p{Nd}{5}[ -]\p{Nd}{5}(?!\p{Nd})/gu, '[phone]'],
  [/(?<![\p{Nd}.,$₹€£-])(?<![$₹€£] )[6-9]\p{Nd}{9}(?![\p{Nd}.,])/gu, '[phone]'],
  // What follows "my name is", up to what is no name any more.
  [
    /\b((?:[Mm]y name(?: is|['’]s)|[Nn]ame is|[Nn]ame:|I am called|I['’]m called) )[\p{L}\p{M}'’.-]{2,30}(?: \p{Lu}[\p{L}\p{M}'’.-]{0,29}){0,3}/gu,
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
