import { PropertyType } from '@viewora/contracts/listing';
import fc from 'fast-check';
import { type DrawnFacts, drawingAlt, homePlan } from './home-plan.ts';

const facts: fc.Arbitrary<DrawnFacts> = fc.record({
  id: fc.uuid(),
  type: fc.constantFrom(...PropertyType.options),
  areaSqm: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
  beds: fc.option(fc.integer({ min: 0, max: 50 })),
  yearBuilt: fc.option(fc.integer({ min: 1000, max: 2100 })),
});

describe('the drawing of a home', () => {
  it('is the same every time', () => {
    fc.assert(fc.property(facts, (home) => expect(homePlan({ ...home })).toEqual(homePlan(home))));
  });

  it('stays inside the picture whatever the facts', () => {
    fc.assert(
      fc.property(facts, (home) => {
        const { width, windows, trees } = homePlan(home);
        expect(width).toBeLessThanOrEqual(200);
        expect(windows * 30).toBeLessThan(width + 20);
        for (const { x } of trees) expect(x).toBeLessThan(400);
      }),
    );
  });

  it('differs from home to home', () => {
    const plans = Array.from({ length: 200 }, (_, i) =>
      JSON.stringify(homePlan({ id: `home-${i}`, type: 'house', areaSqm: 120, beds: 3, yearBuilt: null })),
    );
    expect(new Set(plans).size).toBeGreaterThan(190);
  });

  it('shows a large house taller than a small one', () => {
    const home = { id: 'a', type: 'house', beds: 3, yearBuilt: null } as const;
    expect(homePlan({ ...home, areaSqm: 80 }).storeys).toBe(1);
    expect(homePlan({ ...home, areaSqm: 240 }).storeys).toBe(2);
  });

  it('says that it is a drawing, and only what is known', () => {
    expect(drawingAlt({ type: 'house', beds: 3 })).toBe(
      'Drawing, not a photograph: a house, for a home with 3 bedrooms',
    );
    expect(drawingAlt({ type: 'plot', beds: null })).toBe('Drawing, not a photograph: a plot of land');
    expect(drawingAlt({ type: 'flat', beds: 0 })).toBe('Drawing, not a photograph: a block of flats');
  });
});
