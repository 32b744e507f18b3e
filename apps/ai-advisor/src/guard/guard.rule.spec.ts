import { understand } from '../understand/understand.ts';
import { concernsOf } from './guard.rule.ts';

const reasonsOf = (text: string) => [...new Set(concernsOf(text).map(({ reason }) => reason))];

test.each([
  ['It lies in a Hindu locality.', 'protected'],
  ['Most residents are white people.', 'protected'],
  ['No kids.', 'protected'],
  ['It suits women only.', 'protected'],
  ['Not for disabled people.', 'protected'],
  ['A brahmin colony.', 'protected'],
  ['It is in a safe neighbourhood.', 'steering'],
  ['A family-friendly area.', 'steering'],
  ['Low crime.', 'steering'],
  ['Perfect for families.', 'steering'],
  ['A close community of professionals.', 'steering'],
  ['It suits professionals.', 'steering'],
  ['Ideal for young professionals.', 'protected'],
  ['Empty nesters will feel at home.', 'protected'],
  ['English speakers preferred.', 'protected'],
  ['An exclusive neighborhood.', 'steering'],
  ['The price will surely double.', 'promise'],
  ['Prices are guaranteed to rise.', 'promise'],
  ['It will go up in value.', 'promise'],
  ['A safe investment.', 'promise'],
  ['Your loan will be approved.', 'promise'],
  ['You qualify for it.', 'promise'],
  ['It is tax free.', 'promise'],
])('“%s” must not be said: %s', (text, reason) => {
  expect(reasonsOf(text)).toContain(reason);
});

test.each([
  'It has a wheelchair ramp and a family room.',
  'It stands on Church Street, near a Hindu temple.',
  'The master bedroom is large.',
  'A single family home with a white kitchen.',
  'Black granite counters, and a walk-in closet.',
  'The owner repaired the roof.',
  'It is in a gated community.',
  'The prices asked rose.',
  'A professional kitchen, renovated by professionals.',
  'An income property with a double garage and an English garden.',
  'An old house with exclusive access to the lake.',
  'It lies in a 55+ community.',
])('“%s” may be said', (text) => {
  expect(concernsOf(text)).toEqual([]);
});

test('what must not be asked for must not be said either: one vocabulary, both ways', () => {
  const circumstances = { places: new Map(), currency: 'USD', now: new Date() };
  for (const text of ['no Muslims', 'low crime', 'white neighborhood', 'will it go up in value', 'a good investment']) {
    const asked = understand(`3 bed house, ${text}`, circumstances).leftOut.map(({ reason }) => reason);
    expect(asked).toEqual(reasonsOf(text));
  }
});
