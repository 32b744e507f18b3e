/** What a follow-up changes of the filter before it, in words that are relative to it. */
export type Change =
  | 'cheaper'
  | 'dearer'
  | 'bigger'
  | 'smaller'
  | 'more_beds'
  | 'fewer_beds'
  | 'newer'
  | 'nearer'
  | 'wider';

/** What of the filter before can be dropped. */
export type Topic = 'price' | 'beds' | 'baths' | 'area' | 'year' | 'type' | 'place' | 'listed' | 'order';

/** A stretch of a follow-up, and what it does with the answer before. */
export type Move = { start: number; end: number } & (
  | { does: 'start_over' | 'more' | 'why' | 'which' | 'both' | 'it' | 'continue' }
  | { does: 'change'; change: Change }
  | { does: 'drop'; topic: Topic | null; words: string }
  /** Listings by their place in the answer before, from 0; negative ones are counted from its end. */
  | { does: 'pick'; places: number[] }
);

type Meaning = Move extends infer M ? (M extends Move ? Omit<M, 'start' | 'end'> : never) : never;

// "400k or cheaper", "bigger than 2,000 sqft": there they are the bounds of a number.
const relative = (words: string) => new RegExp(`(?<!\\bor )\\b(?:${words})(?: ones?)?\\b(?! than\\b)`, 'gi');

const changes: readonly (readonly [Change, RegExp])[] = [
  [
    'cheaper',
    relative(
      "cheaper|less expensive|lower[- ]priced|more affordable|(?:that's |they are |it's )?too (?:expensive|pricey|dear)",
    ),
  ],
  ['dearer', relative('more expensive|pricier|dearer|higher[- ]priced')],
  ['bigger', relative('bigger|larger|roomier|more spacious|more space')],
  ['smaller', relative('smaller|more compact|less space')],
  ['more_beds', relative('(?:more|another|one more|an extra|an additional) bed(?:room)?s?')],
  ['fewer_beds', relative('(?:fewer|less|one less) bed(?:room)?s?')],
  ['newer', relative('newer|more modern|too old')],
  ['nearer', relative('closer|nearer|too far')],
  ['wider', relative('further (?:out|away)|farther (?:out|away)|(?:a )?(?:wider|larger|bigger) (?:area|radius)')],
];

const topics: readonly (readonly [Topic, RegExp])[] = [
  ['price', /\b(?:prices?|budget|cost)\b/i],
  ['beds', /\bbed(?:room)?s?\b/i],
  ['baths', /\bbath(?:room)?s?\b/i],
  ['area', /\b(?:size|area|space|sq ?ft)\b/i],
  ['year', /\b(?:year|age|built)\b/i],
  ['type', /\b(?:type|kind)\b/i],
  ['place', /\b(?:place|location|city|town)\b/i],
  ['listed', /\blisting date\b/i],
  ['order', /\border\b/i],
];

const drops = [
  /\b(?:drop|forget|remove|skip|lose|never mind|leave out|(?:do not|don'?t) (?:need|care about|mind))(?: about)? (?:the |a |any )?([\p{L} ]{1,40}?)(?= (?:limit|filter|requirement|condition|part|and|but)\b|[,.;!?]|$)(?: (?:limit|filter|requirement|condition|part))?/giu,
  /\b(?:any|whatever|no) (price|budget|size|age|type|kind|place|location|city|listing date|order|number of (?:beds|baths|bedrooms|bathrooms))(?: limit)?\b/gi,
];

const starts =
  /\b(?:start(?:ing)? (?:over|again|afresh|from scratch)|(?:a )?new search|clear (?:all|everything|the filters?)|reset(?: everything| the (?:filters?|search))?|forget (?:everything|all (?:of )?that))\b/gi;
const mores =
  /\b(?:(?:show|see|give|find)(?: me)? (?:some |any )?(?:more|others)|any (?:more|others)|not (?:this|that) (?:one|home|house|flat)|(?:none|neither) of (?:these|those|them)|what else(?: is there| do you have)?|next (?:page|ones)|more (?:results|homes|options|listings|of (?:these|those)|like (?:this|these|those)))\b(?! (?:than|bed|bath|space|spacious|expensive|affordable|modern|room|compact))/gi;
const whys = /\bwhy\b/gi;
const whiches = /\bwhich(?: (?:one|home|house|flat|of))?\b/gi;
// "Those with a pool" are not those that were shown.
const boths =
  /\b(?:both|(?:all of )?(?:them|these|those)(?: (?:two|three|four))?)\b(?! (?:with|that|which|in|near|under|over|below|above|having|from|built|listed)\b)/gi;
const its = /\b(?:it|its|(?:this|that) (?:one|home|house|flat|apartment|plot|place|listing|property))\b/gi;
const continues =
  /\b(?:the same|same(?: (?:again|thing|search|ones?))?|instead|what about|how about|what if|only|just|also|as well|but|then|rather|and)\b/gi;

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];
const counts: Record<string, number> = { two: 2, three: 3, four: 4, '2': 2, '3': 3, '4': 4 };
// "First floor", "second bathroom", "first time buyer" and "cheapest first" are no listings.
const picks = new RegExp(
  `(?<!\\b(?:\\w+est|expensive|affordable|spacious|recent|priced?) )\\b(?:the )?(${ordinals.join('|')}|last)(?: (two|three|four|2|3|4))?(?: (?:one|home|house|flat|apartment|plot|listing|property|place|result)s?)?\\b(?! (?:time|floor|buyer|storey|bed|bath|week|month|year|step))`,
  'gi',
);
const numbered = /(?:#|\b(?:number|no\.?|listing|option|home|result) )([1-8])\b(?! ?(?:bed|bath|bhk|km|mi))/gi;

/** What of a question is said of the answer before, longest first; no two overlap. */
export function movesOf(text: string): Move[] {
  const found = [
    ...matchesOf(text, starts, () => ({ does: 'start_over' })),
    ...changes.flatMap(([change, pattern]) => matchesOf(text, pattern, () => ({ does: 'change', change }))),
    ...drops.flatMap((pattern) => matchesOf(text, pattern, ([, words = '']) => dropOf(words))),
    ...matchesOf(text, /\banywhere\b/gi, () => ({ does: 'drop', topic: 'place', words: 'place' })),
    ...matchesOf(text, mores, () => ({ does: 'more' })),
    ...matchesOf(text, picks, ([, which = '', count]) => ({ does: 'pick', places: placesOf(which, count) })),
    ...matchesOf(text, numbered, ([, number]) => ({ does: 'pick', places: [Number(number) - 1] })),
    ...matchesOf(text, whys, () => ({ does: 'why' })),
    ...matchesOf(text, whiches, () => ({ does: 'which' })),
    ...matchesOf(text, its, () => ({ does: 'it' })),
    ...matchesOf(text, boths, () => ({ does: 'both' })),
    ...matchesOf(text, continues, () => ({ does: 'continue' })),
  ];
  const taken: Move[] = [];
  for (const move of found) {
    if (taken.every(({ start, end }) => move.end <= start || move.start >= end)) taken.push(move);
  }
  return taken.sort((a, b) => a.start - b.start);
}

function matchesOf(text: string, pattern: RegExp, meaning: (match: RegExpExecArray) => Meaning): Move[] {
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    ...meaning(match),
  }));
}

function dropOf(words: string): Meaning {
  return { does: 'drop', topic: topics.find(([, pattern]) => pattern.test(words))?.[0] ?? null, words };
}

/** "the last two" are counted from the end. */
function placesOf(which: string, count: string | undefined): number[] {
  const many = counts[count?.toLowerCase() ?? ''] ?? 1;
  const first = ordinals.indexOf(which.toLowerCase());
  return Array.from({ length: many }, (_, i) => (first < 0 ? i - many : first + i));
}
