import type { EntityManager } from 'typeorm';

/** Makes `table` equal to `fresh`, touching only rows that differ. */
export async function replaceRows(
  manager: EntityManager,
  table: string,
  fresh: string,
  key: readonly string[],
  values: readonly string[],
): Promise<void> {
  const list = (columns: readonly string[], of: string) => columns.map((column) => `${of}.${column}`).join(', ');
  await manager.query(`DELETE FROM ${table} AS old WHERE NOT EXISTS
    (SELECT FROM ${fresh} AS new WHERE (${list(key, 'new')}) = (${list(key, 'old')}))`);
  await manager.query(`INSERT INTO ${table} AS old (${[...key, ...values].join(', ')})
    SELECT ${list([...key, ...values], 'new')} FROM ${fresh} AS new
    ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${values.map((column) => `${column} = excluded.${column}`).join(', ')}
    WHERE (${list(values, 'old')}) IS DISTINCT FROM (${list(values, 'excluded')})`);
}
