// The peer: one process, Fastify and node-postgres, the statements that property-api would run. No gateway, no messages, no checks.
import { readFile } from 'node:fs/promises';
import Fastify from 'fastify';
import pg from 'pg';

const [port, databaseUrl, statementsFile] = process.argv.slice(2);
const statements = JSON.parse(await readFile(statementsFile, 'utf8'));
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
const fastify = Fastify();

fastify.get('/search/:number', async (request) => {
  const found = [];
  for (const { sql, values } of statements[request.params.number]) found.push((await pool.query(sql, values)).rows);
  return { items: found.at(-1) };
});
await fastify.listen({ port: Number(port), host: '127.0.0.1' });
console.log('listening');
