import { z } from 'zod';
import { list, port, readEnv } from './env.ts';

const shape = { PORT: port(8080), API_KEY: z.string().min(20), ORIGINS: list, MODE: z.enum(['a', 'b']).default('a') };

test('every problem is listed by name, and no value is shown', () => {
  const source = { PORT: '99999', API_KEY: 'short-secret', MODE: 'secret-mode' };
  let message = '';
  try {
    readEnv('app', shape, source);
  } catch (error) {
    message = (error as Error).message;
  }
  expect(
    message
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(':')[0]),
  ).toEqual(['PORT', 'API_KEY', 'MODE']);
  expect(message).not.toMatch(/99999|short-secret|secret-mode/);
});

test('a variable that is not set says so', () => {
  expect(() => readEnv('app', shape, {})).toThrow('API_KEY: is not set');
});

test('an empty variable counts as not set', () => {
  const env = readEnv('app', shape, {
    PORT: '',
    API_KEY: 'k'.repeat(20),
    ORIGINS: 'https://a.example, https://b.example,',
  });
  expect(env).toEqual({
    APP: 'app',
    PORT: 8080,
    API_KEY: 'k'.repeat(20),
    ORIGINS: ['https://a.example', 'https://b.example'],
    MODE: 'a',
  });
});
