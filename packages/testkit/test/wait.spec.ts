import { until } from '../src/wait.ts';

test('until resolves with what the condition gave, errors on the way notwithstanding', async () => {
  let calls = 0;
  const condition = () => {
    calls += 1;
    if (calls === 1) throw new Error('not yet');
    return calls > 2 ? calls : null;
  };
  expect(await until(condition, { everyMs: 1 })).toBe(3);
});

test('until says what it waited for, and why the last try failed', async () => {
  const never = () => {
    throw new Error('refused');
  };
  await expect(until(never, { timeoutMs: 5, everyMs: 1, what: 'a reply' })).rejects.toMatchObject({
    message: expect.stringContaining('for a reply'),
    cause: expect.objectContaining({ message: 'refused' }),
  });
});
