import { DescribedFacts } from '@viewora/contracts/listing-text';
import { describedFacts, missingFacts } from './described-facts.ts';
import { emptyForm, type ListingForm } from './listing-form.ts';

function form(fields: Partial<ListingForm>): ListingForm {
  return { ...emptyForm('USD'), ...fields };
}

const missingIn = (fields: Partial<ListingForm>) => missingFacts(form(fields)).map(({ name }) => name);

test('a draft is asked for with what the contract takes: no words of one’s own, no address', () => {
  const facts = describedFacts(
    form({
      type: 'house',
      beds: '3',
      areaValue: '1,240',
      city: ' Folsom ',
      title: 'My title',
      description: 'My words',
      address: '12 Elm Street',
      sellingReason: 'We move',
      nearbyPlaces: 'Glenn station\n\nBlue Oak school',
    }),
  );
  expect(DescribedFacts.strict().parse(facts)).toMatchObject({
    type: 'house',
    beds: 3,
    areaValue: 1240,
    areaUnit: 'sqft',
    city: 'Folsom',
    nearbyPlaces: ['Glenn station', 'Blue Oak school'],
  });
  expect(JSON.stringify(facts)).not.toMatch(/My|Elm|move/);
});

test('what cannot be read is left out, and nothing is asked before it is said what the home is', () => {
  expect(describedFacts(form({ type: 'flat', beds: 'three', yearBuilt: '1987' }))).toMatchObject({ yearBuilt: 1987 });
  expect(describedFacts(form({ type: 'flat', beds: 'three' }))).not.toHaveProperty('beds');
  expect(describedFacts(form({ beds: '3' }))).toBeNull();
});

test('the facts that a draft lacks are those that a home of its kind has, and can be read', () => {
  expect(missingIn({ type: 'house' })).toEqual(['city', 'beds', 'baths', 'area', 'yearBuilt']);
  expect(
    missingIn({ type: 'house', city: 'Folsom', beds: '0', baths: '1', areaValue: '900', yearBuilt: '19x' }),
  ).toEqual(['yearBuilt']);
  expect(missingIn({ type: 'plot', city: 'Folsom' })).toEqual(['area']);
});
