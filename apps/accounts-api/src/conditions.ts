/** The conditions of a filter, and their values by number; each statement has its own. */
export class Conditions {
  readonly values: unknown[] = [];
  private readonly parts: string[] = [];

  /** `sql` says `?` where the value belongs; without a value there is no condition. */
  add(sql: string, value: unknown): void {
    if (value === undefined || value === null) return;
    this.parts.push(sql.replaceAll('?', this.parameter(value)));
  }

  /** After a position, newest first or oldest first. */
  beyond(columns: string, order: '<' | '>', position: { at: string; id: string } | null): void {
    if (!position) return;
    const [at, id] = [this.parameter(position.at), this.parameter(position.id)];
    this.parts.push(`(${columns}) ${order} (${at}::timestamptz, ${id}::uuid)`);
  }

  parameter(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  /** All of them, as a WHERE clause. */
  where(): string {
    return this.parts.length === 0 ? '' : `WHERE ${this.parts.join(' AND ')}`;
  }
}

/** A LIKE pattern for what contains `text`, as people type it: none of its characters is a wildcard. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
