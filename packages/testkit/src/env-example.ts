import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '@viewora/devstack/settings';

/** What a variable is by default and what it is for; empty where there is nothing to say. */
export interface Variable {
  default: string;
  description: string;
}

/** The part of `.env.example` whose variables every app reads. */
export const commonSection = 'every app';

/**
 * `.env.example` by section. A section begins with `# ── name ──`; a variable stands as `#NAME=default`, so that a copy
 * of the file changes nothing, under the comment that describes it.
 */
export async function readEnvExample(): Promise<Record<string, Record<string, Variable>>> {
  const sections: Record<string, Record<string, Variable>> = {};
  let section: Record<string, Variable> = {};
  let comment: string[] = [];
  for (const line of (await readFile(join(repositoryRoot, '.env.example'), 'utf8')).split('\n')) {
    const [, title] = /^# ── (.+) ──$/.exec(line) ?? [];
    const [, name, value = ''] = /^#([A-Z][A-Z0-9_]*)=(.*)$/.exec(line) ?? [];
    if (title !== undefined) {
      section = {};
      sections[title] = section;
    }
    if (name !== undefined) section[name] = { default: value, description: comment.join(' ') };
    comment = line.startsWith('# ') ? [...comment, line.slice(2)] : [];
  }
  return sections;
}

/** The part of a JSON Schema that is read here; Zod makes it of an app's environment. */
interface EnvironmentSchema {
  properties?: Record<string, unknown>;
}

/**
 * What `.env.example` gets wrong about an app's environment: variables it lacks or has too many of, other defaults, other
 * words. Empty when there is nothing. A variable without a description in the schema may have any in the file.
 */
export async function envExampleProblems(app: string, { properties = {} }: EnvironmentSchema): Promise<string[]> {
  const sections = await readEnvExample();
  const example = { ...sections[commonSection], ...sections[app] };
  const names = [...new Set([...Object.keys(properties), ...Object.keys(example)])];
  return names.flatMap((name) => problemsOf(name, properties[name], example[name]));
}

function problemsOf(name: string, schema: unknown, example: Variable | undefined): string[] {
  if (!isSchema(schema)) return [`${name} is in the file and in no schema`];
  if (example === undefined) return [`${name} is missing`];
  const value = String(schema.default ?? '');
  const { description = example.description } = schema;
  const problems: string[] = [];
  if (example.default !== value) problems.push(`${name} is '${value}' by default, not '${example.default}'`);
  if (example.description !== description) problems.push(`${name} is for: ${description}`);
  return problems;
}

function isSchema(schema: unknown): schema is { default?: unknown; description?: string } {
  return typeof schema === 'object' && schema !== null;
}
