import { readGoogleReturn } from './google-return.ts';

const attempt = { state: 'kept', search: '?next=%2Faccount' };

test('what this tab asked for is taken, and leads to where its visitor was going', () => {
  expect(readGoogleReturn('?code=a&state=kept', attempt)).toEqual({
    kind: 'granted',
    search: '?next=%2Faccount',
    code: 'a',
    state: 'kept',
  });
});

test.each([
  ['another state', '?code=a&state=theirs', attempt],
  ['no state', '?code=a', attempt],
  ['an empty state', '?code=a&state=', attempt],
  ['an attempt that was not begun here', '?code=a&state=kept', null],
  ['a refusal of an attempt not begun here', '?error=access_denied', null],
])('%s signs nobody in', (_, returned, kept) => {
  expect(readGoogleReturn(returned, kept)).toMatchObject({
    kind: 'refused',
    title: 'This sign-in was not begun here',
  });
});

test('what Google refused is said in words of ours, never in those of the address', () => {
  const said = (error: string) => readGoogleReturn(`?error=${error}&state=kept`, attempt);
  expect(said('access_denied')).toMatchObject({ lead: expect.stringMatching(/did not let Google/) });
  expect(JSON.stringify(said('call+555-0100'))).not.toContain('555');
});

test('a code beside an error is not used', () => {
  expect(readGoogleReturn('?code=a&error=server_error&state=kept', attempt).kind).toBe('refused');
});
