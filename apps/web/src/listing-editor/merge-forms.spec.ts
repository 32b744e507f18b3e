import fc from 'fast-check';
import { changedParts } from './form-parts.ts';
import { emptyForm, type ListingForm } from './listing-form.ts';
import { mergeForms, withParts } from './merge-forms.ts';

const base: ListingForm = { ...emptyForm('USD'), type: 'house', city: 'Folsom', price: '$450,000', beds: '3' };
const names = (changed: readonly { name: string }[]) => changed.map(({ name }) => name);

test('changes of different things are put together', () => {
  const { form, conflicts, taken } = mergeForms(base, { ...base, beds: '4' }, { ...base, price: '$440,000' });
  expect(form).toEqual({ ...base, beds: '4', price: '$440,000' });
  expect(conflicts).toEqual([]);
  expect(names(taken)).toEqual(['price']);
});

test('of the same thing changed twice, what was typed here stays until its writer has chosen', () => {
  const { form, conflicts, taken } = mergeForms(base, { ...base, price: '430k' }, { ...base, price: '$440,000' });
  expect(form.price).toBe('430k');
  expect(names(conflicts)).toEqual(['price']);
  expect(taken).toEqual([]);
});

test('the same change made twice is no conflict, however it is spelled', () => {
  const { conflicts, taken } = mergeForms(base, { ...base, price: '440k' }, { ...base, price: '$440,000' });
  expect([conflicts, taken]).toEqual([[], []]);
});

test('a latitude here and a longitude there are one place, and in dispute', () => {
  const somewhere = { ...base, lat: '38', lon: '-121' };
  const { conflicts } = mergeForms(somewhere, { ...somewhere, lat: '39' }, { ...somewhere, lon: '-120' });
  expect(names(conflicts)).toEqual(['location']);
});

test('nothing typed is lost, and nothing of theirs is overwritten unseen', () => {
  const text = fc.constantFrom('', '1', '2', '3');
  const form = fc
    .record({ beds: text, baths: text, city: text, address: text })
    .map((typed) => ({ ...base, ...typed }));
  fc.assert(
    fc.property(form, form, form, (before, mine, theirs) => {
      const { form: merged, conflicts, taken } = mergeForms(before, mine, theirs);
      for (const part of changedParts(mine, before)) expect(names(changedParts(merged, mine))).not.toContain(part.name);
      for (const part of changedParts(theirs, merged)) {
        const isMine = changedParts(mine, before).includes(part);
        expect(isMine && (conflicts.includes(part) || changedParts(theirs, before).includes(part) === false)).toBe(
          true,
        );
      }
      expect(conflicts.filter((part) => taken.includes(part))).toEqual([]);
      expect(
        changedParts(withParts(merged, theirs, conflicts), theirs).every((part) => !conflicts.includes(part)),
      ).toBe(true);
    }),
  );
});
