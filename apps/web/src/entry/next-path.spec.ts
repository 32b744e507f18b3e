import fc from 'fast-check';
import { nextPath, signInAddress } from './next-path.ts';

const origin = 'https://viewora.test';
const next = (wish: string) => nextPath(`?next=${encodeURIComponent(wish)}`, origin);

test.each(['/', '/account', '/homes/1?from=mail#map', '/?minBeds=3&view=38.58,-121.45,12'])('%p is gone to', (path) => {
  expect(next(path)).toBe(path);
});

test.each([
  'https://elsewhere.test/',
  '//elsewhere.test',
  '/\\elsewhere.test',
  '\\\\elsewhere.test',
  '/\t/elsewhere.test',
  '/\n/elsewhere.test',
  ' //elsewhere.test',
  '/.//elsewhere.test',
  '/..//elsewhere.test',
  '/%2e//elsewhere.test',
  '/x/../..//elsewhere.test',
  'javascript:alert(1)',
  'account',
  '',
])('%p leads to the start, not elsewhere', (wish) => {
  expect(next(wish)).toBe('/');
});

test('whatever is written, the browser stays on this origin', () => {
  const parts = fc.constantFrom('/', '\\', '.', '..', '%2e', '\t', 'https:', 'elsewhere.test');
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 6 }), (written) => {
      const path = next(`/${written.join('')}`);
      expect(new URL(path, origin).origin).toBe(origin);
      expect(path).toMatch(/^\/(?!\/)/);
    }),
    { numRuns: 5_000 },
  );
});

test('signing in does not lead back to a page for signing in', () => {
  expect(next('/sign-in?next=/account')).toBe('/');
  expect(next('/reset-password')).toBe('/');
});

test('the way to sign in leads back to the very same view', () => {
  const address = signInAddress({ pathname: '/', search: '?minBeds=3&view=38.58,-121.45,12', hash: '' });
  expect(nextPath(address.slice('/sign-in'.length), origin)).toBe('/?minBeds=3&view=38.58,-121.45,12');
  expect(signInAddress({ pathname: '/', search: '', hash: '' })).toBe('/sign-in');
});

test('between pages that lead in, the way back is kept', () => {
  expect(signInAddress({ pathname: '/sign-up', search: '?next=%2Faccount', hash: '' })).toBe(
    '/sign-in?next=%2Faccount',
  );
});
