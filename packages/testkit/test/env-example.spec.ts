import { apps } from '@viewora/devstack/apps';
import { portVariables } from '@viewora/devstack/settings';
import { commonSection, envExampleProblems, readEnvExample } from '../src/env-example.ts';

const stackSection = 'npm start';

test('no section of .env.example goes unchecked', async () => {
  const known = [commonSection, stackSection, ...apps.map(({ name }) => name)];
  const sections = Object.keys(await readEnvExample());
  expect(sections.filter((name) => !known.includes(name))).toEqual([]);
  expect(sections).toContain(commonSection);
});

test('.env.example has the ports of the embedded stack, with their defaults', async () => {
  const { [stackSection]: example = {} } = await readEnvExample();
  const { VIEWORA_HOME: home, ...ports } = example;
  const expected = Object.values(portVariables).map(({ variable, fallback }) => [variable, String(fallback)]);
  expect(Object.entries(ports).map(([name, port]) => [name, port.default])).toEqual(expected);
  expect(home?.default).toBe('.viewora');
});

test('a variable that is missing, unknown, has another default or other words is told by name', async () => {
  const problems = await envExampleProblems('api-gateway', {
    properties: { HOST: { default: '10.0.0.1', description: 'Elsewhere' }, BRAND_NEW: {} },
  });
  expect(problems).toContain("HOST is '10.0.0.1' by default, not '127.0.0.1'");
  expect(problems).toContain('HOST is for: Elsewhere');
  expect(problems).toContain('BRAND_NEW is missing');
  expect(problems).toContain('TRUSTED_PROXIES is in the file and in no schema');
});
