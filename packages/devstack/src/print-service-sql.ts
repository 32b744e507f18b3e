import { roleSql, schemaSql } from './service-database.ts';

const [schema] = process.argv.slice(2);
if (schema === undefined) {
  process.stderr.write('Usage: node packages/devstack/src/print-service-sql.ts <schema>\n');
  process.exit(1);
}
process.stdout.write(`${roleSql({ schema, password: 'choose-a-password' })}\n${schemaSql({ schema })}\n`);
