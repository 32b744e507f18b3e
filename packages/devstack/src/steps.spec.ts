import { duration, Steps } from './steps.ts';

function screen(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

test('off a terminal, and in CI, a step is one plain line', async () => {
  const off = screen(false);
  await new Steps(off, undefined).run('built', async () => {});
  const ci = screen(true);
  await new Steps(ci, 'true').run('built', async () => {});
  expect(off.written).toEqual([expect.stringMatching(/^✓ built {2}0\.0 s\n$/)]);
  expect(ci.written).toEqual(off.written);
});

test('on a terminal the step shows while it runs', async () => {
  const on = screen(true);
  await new Steps(on, '').run('built', async () => {});
  expect(on.written[0]).toContain('… built');
  expect(on.written.at(-1)).toMatch(/✓ built/);
});

test('a step that fails is marked, and its error passed on', async () => {
  const off = screen(false);
  const run = new Steps(off, undefined).run('built', () => Promise.reject(new Error('broken')));
  await expect(run).rejects.toThrow('broken');
  expect(off.written.join('')).toMatch(/^✗ built/);
});

test('durations read as people say them', () => {
  expect([300, 9_940, 41_200, 125_000].map(duration)).toEqual(['0.3 s', '9.9 s', '41 s', '2 min 5 s']);
});
