import { stripVTControlCharacters } from 'node:util';

/** One task's output, out of what Turborepo prints with every line prefixed "package:task: ". */
export interface TaskOutput {
  /** "@viewora/contracts:test" */
  task: string;
  output: string;
}

const prefixed = /^(\S+:[a-z0-9:]+): ?(.*)$/;

/** Takes Turborepo's output line by line and keeps it apart by task. */
export class TaskOutputs {
  readonly #lines = new Map<string, string[]>();
  /** What belongs to no task: Turborepo's own words. */
  readonly own: string[] = [];

  add(line: string): { task: string; text: string } | null {
    const plain = stripVTControlCharacters(line);
    const match = prefixed.exec(plain);
    const [task, text] = [match?.[1], match?.[2]];
    if (task === undefined || text === undefined) {
      if (plain.trim() !== '') this.own.push(plain);
      return null;
    }
    const lines = this.#lines.get(task) ?? [];
    this.#lines.set(task, lines);
    lines.push(text);
    return { task, text };
  }

  of(task: string): string {
    return (this.#lines.get(task) ?? []).join('\n');
  }

  /** The tasks that Turborepo's summary names as failed, builds included. */
  failed(): string[] {
    const names = this.own.map((line) => /^\s*Failed:\s+(.*)$/.exec(line)?.[1] ?? '').join(',');
    return names.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim().replace('#', ':')]));
  }

  tasks(): string[] {
    return [...this.#lines.keys()];
  }
}
