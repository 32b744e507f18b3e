import { PropertySearch } from '@viewora/contracts/property';
import { LeftOutReason, longestQuestion, Understanding } from '@viewora/contracts/understanding';
import fc from 'fast-check';
import { placeNamesIn } from '../src/understand/places.ts';
import { english } from '../src/understand/vocabulary/english.ts';
import { hindi } from '../src/understand/vocabulary/hindi.ts';
import { malayalam } from '../src/understand/vocabulary/malayalam.ts';
import { keyOf } from '../src/understand/vocabulary/vocabulary.ts';
import { heldOutQuestions } from './held-out.questions.ts';
import { ask, places } from './market.ts';
import { questions } from './questions.ts';

const vocabulary = [...english, ...hindi, ...malayalam];
const phrases = vocabulary.flatMap(([, list]) => list.split(', '));
const numerals = fc.oneof(
  fc.constantFrom(
    '3',
    '450k',
    '1.2m',
    '85 lakh',
    '12,00,000',
    '1,200,000',
    '५०',
    '൫൦',
    '2005',
    '95630',
    '1e400',
    '9'.repeat(400),
    '0',
    '-5',
    '3.5.2.1',
    ',,,',
  ),
  fc.integer({ min: 0, max: 2_000_000_000 }).map(String),
);
/** Anything, and what looks like a question from afar. */
const texts = fc.oneof(
  fc
    .array(
      fc.oneof(
        {
          weight: 5,
          arbitrary: fc.constantFrom(...phrases, ...places.keys(), 'Folsom', 'of', ',', '.', '<b>', '+', '-', '$', '₹'),
        },
        { weight: 3, arbitrary: numerals },
      ),
      { minLength: 1, maxLength: 25 },
    )
    .map((words) => words.join(' ')),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
);

test('whatever is asked, the filter is one that the search takes, spans lie in the text, and the answer keeps to its contract', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const answer = ask(text);
      Understanding.parse(answer);
      PropertySearch.parse(answer.filter);
      for (const { start, end } of [...answer.understood, ...answer.leftOut]) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
      }
      // Every field of the filter is owned up to by a part of the text.
      const owned = new Set(answer.understood.flatMap(({ fields }) => fields));
      expect(Object.keys(answer.filter).filter((field) => !owned.has(field as never))).toEqual([]);
    }),
    { seed: 5, numRuns: 5_000 },
  );
});

test('no part of the text is understood twice', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const { understood, leftOut } = ask(text);
      const spans = [...understood, ...leftOut].sort((a, b) => a.start - b.start);
      for (const [i, span] of spans.entries()) expect(span.start).toBeGreaterThanOrEqual(spans[i - 1]?.end ?? 0);
    }),
    { seed: 6, numRuns: 2_000 },
  );
});

test('the same question gives the same answer, in capital letters and with spaces around too', () => {
  // "Cool" alone is a place only where its capital letter says so.
  const some = questions.filter(({ text }) => /^[a-z0-9 ,$]+$/.test(text) && !text.includes('cool'));
  expect(some.length).toBeGreaterThan(20);
  for (const { text, currency } of some) {
    expect(ask(text, currency)).toEqual(ask(text, currency));
    expect(ask(text.toUpperCase().replaceAll(' ', '  '), currency).filter).toEqual(ask(text, currency).filter);
  }
});

const amounts = fc.integer({ min: 100, max: 900 });
const unchangedBy = (build: (n: number) => string, max: (n: number) => number) =>
  fc.assert(fc.property(amounts, (n) => expect(ask(build(n)).filter.maxPriceMinor).toBe(max(n))));

test('a price is the same however it is written', () => {
  unchangedBy(
    (n) => `house under ${n}k`,
    (n) => n * 100_000,
  );
  unchangedBy(
    (n) => `house under ${n} thousand`,
    (n) => n * 100_000,
  );
  unchangedBy(
    (n) => `house under ${n},000`,
    (n) => n * 100_000,
  );
  unchangedBy(
    (n) => `house under $${n}000`,
    (n) => n * 100_000,
  );
  unchangedBy(
    (n) => `house under ${n / 100} million`,
    (n) => n * 1_000_000,
  );
  unchangedBy(
    (n) => `house under ${n} lakh`,
    (n) => n * 10_000_000,
  );
  unchangedBy(
    (n) => `house under ${n / 100} crore`,
    (n) => n * 10_000_000,
  );
});

describe('who somebody is', () => {
  const groups = [
    'for Muslims',
    'for Hindus only',
    'no Christians',
    'white people only',
    'no kids',
    'adults only',
    'women only',
    'no disabled people',
    'for Brahmins',
    'no immigrants',
    'Asian community',
    'no bachelors',
    'gay couples only',
    'no single mothers',
    'among Indian families',
    'no old people',
    'for seniors only',
    'an English-speaking area',
    'no Spanish speakers',
    'मुस्लिम लोग',
    'ഹിന്ദു കുടുംബം',
  ];
  const lookAlikes = [
    'wheelchair ramp',
    'Church Street',
    'master bedroom',
    'family room',
    'white kitchen',
    'black granite counters',
    'Indian restaurant nearby',
    'disabled parking',
    'kids room',
    'a prayer room',
    'Christian Street',
    'walk in closet',
    'a wall safe',
    'near a Hindu temple',
    'Jewish Cemetery Road',
    'an English garden',
    'professional kitchen',
    'upscale home',
    'an old house',
    'income property',
    // A home may lie in one by law (42 U.S.C. § 3607(b)), and be looked for there.
    '55+ community',
  ];
  const bases = questions.filter(
    ({ text, leftOut, intent, wishes }) => !leftOut && !intent && !wishes && !/[^\x20-\x7f]/.test(text),
  );

  test.each(groups)('never changes the filter, and is told: %s', (group) => {
    for (const { text, currency } of bases.slice(0, 40)) {
      const [plain, paired] = [ask(text, currency), ask(`${text}, ${group}`, currency)];
      expect(paired.filter).toEqual(plain.filter);
      expect(paired.wishes).toEqual(plain.wishes);
      const told = paired.leftOut.filter(({ reason }) => reason === 'protected');
      expect(told).toHaveLength(1);
      expect(told[0]?.explanation).toMatch(/open to everybody/);
    }
  });

  test.each(lookAlikes)('is not what this is about: %s', (words) => {
    const { leftOut } = ask(`3 bed house in Folsom with ${words}`);
    expect(leftOut.filter(({ reason }) => reason === 'protected' || reason === 'steering')).toEqual([]);
  });

  test.each([
    'a safe neighbourhood',
    'low crime',
    'family friendly',
    'people like us',
    'a posh area',
    'safest area',
    'upscale area and professionals',
    'a low income free area',
    'no Section 8 people',
    'a wealthy neighborhood',
  ])('nor is what kind of people live there looked at: %s', (words) => {
    const answer = ask(`house in Folsom, ${words}`);
    expect(answer.leftOut.map(({ reason }) => reason)).toEqual(['steering']);
    expect(answer).toMatchObject({ filter: ask('house in Folsom').filter, wishes: [] });
  });
});

describe('hostile questions', () => {
  test.each([
    ['<script>alert(1)</script>'],
    ['{{7*7}} %00 ../../etc/passwd'],
    ["' OR 1=1 --"],
    ['\u202e3 bed house\u202c'],
    ['\ud800'],
    ['ﷺ﷽𒐫'],
    ['e\u0301'.repeat(300)],
    ['a\u0300\u0301\u0302'.repeat(200)],
  ])('get a clean answer: %j', (text) => {
    Understanding.parse(ask(text));
  });

  test('direction marks change nothing', () => {
    const { filter } = ask('\u202e3 bed\u202c \u200fhouse in\u2066 Folsom\u2069');
    expect(filter).toEqual({ minBeds: 3, type: ['house'], place: 'Folsom' });
  });

  // A hundred times what the door lets in: with anything quadratic in it this would take minutes.
  test.each([
    ['one letter', 'a'.repeat(100_000)],
    ['digits', '9'.repeat(100_000)],
    ['digits and commas', '1,'.repeat(50_000)],
    ['spaces', `3${' '.repeat(100_000)}beds`],
    ['numbers', '3 '.repeat(33_000)],
    ['limits', 'under '.repeat(16_000)],
    ['protected words', 'white and '.repeat(10_000)],
    ['places', 'in Folsom or '.repeat(8_000)],
    ['negations', 'no not without '.repeat(6_000)],
    ['the beginning of a phrase', 'in the last '.repeat(8_000)],
    ['combining marks', `a${'\u0301'.repeat(100_000)}`],
    ['what it is like', 'what is '.repeat(12_000)],
    ['wishes', 'nice view '.repeat(10_000)],
  ])('take a time that grows with their length: %s', (_, text) => {
    const half = text.slice(0, text.length / 2);
    // The processor's time: what else the machine does is not in it.
    const ms = (work: () => unknown) => {
      const start = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1_000;
    };
    const run = (all: string) => () => {
      placeNamesIn(all);
      ask(all);
    };
    run(half.slice(0, 5_000))();
    // Twice as long takes twice as long; four times would be quadratic. Short times are noise, and so is once.
    const isLinear = () => {
      const [short, long] = [ms(run(half)), ms(run(text))];
      return long < 300 || long < short * 3.5;
    };
    expect(isLinear() || isLinear() || isLinear()).toBe(true);
  });
});

test('at most a thousand names are asked about, whatever the question', () => {
  const names = placeNamesIn(
    Array.from({ length: longestQuestion / 2 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join(' '),
  );
  expect(names.length).toBeLessThanOrEqual(1_000);
});

test('no word of the vocabulary has two meanings, and none is empty', () => {
  const seen = new Map<string, string>();
  const problems: string[] = [];
  for (const [meaning, list] of vocabulary) {
    for (const phrase of list.split(', ')) {
      const [key, told] = [keyOf(phrase), JSON.stringify(meaning)];
      if (seen.has(key)) problems.push(`${phrase}: ${seen.get(key)} ${told}`);
      if (key === '') problems.push(phrase);
      seen.set(key, told);
    }
  }
  expect(problems).toEqual([]);
});

test('every reason to leave something out can be met, and a third of the questions is kept apart', () => {
  const met = new Set(
    [...questions, ...heldOutQuestions].flatMap(({ text, currency }) =>
      ask(text, currency).leftOut.map(({ reason }) => reason),
    ),
  );
  expect([...met].sort()).toEqual([...LeftOutReason.options].sort());
  const all = questions.length + heldOutQuestions.length;
  expect(all).toBeGreaterThanOrEqual(120);
  expect(heldOutQuestions.length / all).toBeGreaterThanOrEqual(1 / 3);
});
