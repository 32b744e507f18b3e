import type { DescribedFacts } from '@viewora/contracts/listing-text';
import { type GeminiAnswer, hostileAnswers } from '@viewora/testkit/gemini';
import { concernsOf } from '../src/guard/guard.rule.ts';
import { type Lab, openLab } from './answer.lab.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await openLab({ hasModel: true });
}, 60_000);

afterAll(() => lab?.close());

const facts: DescribedFacts = {
  type: 'house',
  beds: 3,
  baths: 2,
  areaValue: 1_500,
  areaUnit: 'sqft',
  city: 'Folsom',
  postalCode: '95630',
  yearBuilt: 1998,
  parkingSpaces: 2,
  furnishing: 'semi_furnished',
  facing: 'north_east',
  nearbyPlaces: ['Church Street', 'Lake Natoma', 'No Muslims', '<b>shop</b>'],
};
const byRules =
  'This 3-bed house is in Folsom (95630). It has 1,500 sqft, with 2 bathrooms. It was built in 1998. It comes partly furnished. It faces north-east. There is room to park: 2 parking spaces. Nearby: Church Street and Lake Natoma.';

function describeWith(answer: GeminiAnswer, given = facts) {
  lab.gemini.script(answer);
  return lab.texts.describe(given, new AbortController().signal);
}

test('a description is in a model’s words and has the figures of the facts', async () => {
  expect(
    await describeWith({ texts: ['A {{home}} in {{place}} with {{area}}. ', 'It was built in {{year}}.'] }),
  ).toEqual({
    text: 'A 3-bed house in Folsom with 1,500 sqft. It was built in 1998.',
    degraded: false,
    model: 'gemini-3-flash-001',
  });
});

test('what no fact says is not in it', async () => {
  const texts = [
    'A {{home}} with a pool. {{area}} of bright rooms. It has nine rooms, {{year}}. A {{home}}, perfect for families. ',
  ];
  const { text } = await describeWith({
    texts: [...texts, 'It is in {{place}}. It has {{baths}}. It has {{area}}. Built in {{year}}.'],
  });
  expect(text).toBe('It is in Folsom. It has 2 bathrooms. It has 1,500 sqft. Built in 1998.');
});

test.each(Object.entries(hostileAnswers))(
  'whatever the model does, there is one by the rules: %s',
  async (_, hostile) => {
    expect(await describeWith(hostile)).toEqual({ text: byRules, degraded: true, model: 'rules' });
  },
);

test('a name with a phone, or the number of a house, neither leaves for the model nor comes back in its words', async () => {
  const given = { ...facts, locality: '12 Main Street', nearbyPlaces: ['Ravi Kumar 98765 43210', 'Sector 21'] };
  const { text } = await describeWith({ texts: ['A {{home}} in {{place}}. ', 'It is near {{nearby2}}.'] }, given);
  expect(text).toBe('A 3-bed house in Folsom. It is near Sector 21.');
  expect(JSON.stringify(lab.gemini.requests.at(-1)?.body)).not.toMatch(/98765|Ravi|12 Main/);
});

test('a kind alone is enough, and no model is asked for it', async () => {
  const asked = lab.gemini.requests.length;
  expect(await lab.texts.describe({ type: 'plot' }, new AbortController().signal)).toMatchObject({
    text: 'This is a plot.',
  });
  expect(lab.gemini.requests).toHaveLength(asked);
});

test('of a seller’s own text it says which words are about people or promise too much, and why', async () => {
  const text = 'Large house on Church Street. Perfect for families, no bachelors. Will go up in value!';
  const { concerns } = await lab.texts.check(text);
  expect(concerns.map((concern) => [concern.text, concern.reason])).toEqual([
    ['families', 'steering'],
    ['no bachelors', 'protected'],
    ['Will go up', 'promise'],
  ]);
  for (const { start, end, text: words, explanation } of concerns) {
    expect(text.slice(start, end)).toBe(words);
    expect(explanation).toMatch(/[.]$/);
  }
  expect(await lab.texts.check('Three bedrooms, a family room and a wheelchair ramp.')).toEqual({ concerns: [] });
});

test.each([
  ['sentences', 'Three bedrooms. No bachelors! Will it go up in value? '],
  ['lines', 'three bedrooms\nno bachelors, a garden\n'],
  ['phrases', 'a garden, no bachelors, '],
])('a long text of %s is checked whole, and others have their turn meanwhile', async (_, unit) => {
  const text = unit.repeat(Math.ceil(20_000 / unit.length)).slice(0, 20_000);
  let turns = 0;
  const turn = () => {
    turns += 1;
    next = setImmediate(turn);
  };
  let next = setImmediate(turn);
  const { concerns } = await lab.texts.check(text);
  clearImmediate(next);
  expect(turns).toBeGreaterThan(8);
  expect(concerns.map(({ start, end }) => [start, end])).toEqual(
    concernsOf(text).map(({ start, end }) => [start, end]),
  );
});
