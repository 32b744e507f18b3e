import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDynamoDb } from '../src/dynamodb.ts';
import { freePort } from '../src/ports.ts';
import { startPostgresServer, superuserUrl, withClient } from '../src/postgres.ts';
import { startRedisServer } from '../src/redis.ts';
import { startS3 } from '../src/s3.ts';

let folder: string;
let port: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'viewora-servers-'));
  await chmod(folder, 0o755);
  port = await freePort();
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('Postgres keeps what was committed through a SIGKILL, whatever pid file that leaves', async () => {
  const options = { port, dataDir: join(folder, 'postgres'), durable: true };
  const first = await startPostgresServer(options);
  await withClient(superuserUrl(port), (client) => client.query('CREATE TABLE kept AS SELECT 42 AS answer'));
  await first.kill();

  const second = await startPostgresServer(options);

  const { rows } = await withClient(superuserUrl(port), (client) => client.query('SELECT answer FROM kept'));
  expect(rows).toEqual([{ answer: 42 }]);
  expect(await second.stop()).toEqual({ code: 0, signal: null });
});

test('a Postgres that still runs on the same files is ended, not mistaken for a reason to give up', async () => {
  const options = { port, dataDir: join(folder, 'postgres'), durable: false };
  const orphan = await startPostgresServer(options);
  const successor = await startPostgresServer({ ...options, port: await freePort() });
  expect(orphan.isRunning()).toBe(false);
  await successor.stop();
});

test('Redis that cannot start says why', async () => {
  const redis = await startRedisServer({ port, dataDir: join(folder, 'redis') });
  await expect(startRedisServer({ port, dataDir: join(folder, 'other') })).rejects.toThrow('in use');
  await redis.stop();
});

test('DynamoDB keeps its tables', async () => {
  const options = { port, dataDir: join(folder, 'dynamodb') };
  const first = await startDynamoDb(options);
  await dynamo('CreateTable', {
    TableName: 'PropertyViewEvents',
    AttributeDefinitions: [{ AttributeName: 'property_id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'property_id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  });
  const item = { property_id: { S: 'one' }, views: { N: '7' } };
  await dynamo('PutItem', { TableName: 'PropertyViewEvents', Item: item });
  await first.stop();

  const second = await startDynamoDb(options);

  const found = await dynamo('GetItem', { TableName: 'PropertyViewEvents', Key: { property_id: { S: 'one' } } });
  expect(found).toEqual({ Item: item });
  await second.stop();
});

/** The wire protocol, so that the whole SDK need not be a dependency for four calls. */
async function dynamo(operation: string, body: object): Promise<unknown> {
  const reply = await fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      'x-amz-date': '20260101T000000Z',
    },
    body: JSON.stringify(body),
  });
  const text = await reply.text();
  if (!reply.ok) throw new Error(text);
  return JSON.parse(text);
}

test('a browser of any origin may put to S3 and read the ETag, and objects outlive a restart', async () => {
  const options = { port, dataDir: join(folder, 's3') };
  const first = await startS3(options);
  const bucket = `http://127.0.0.1:${port}/viewora-media`;
  expect((await fetch(bucket, { method: 'PUT' })).status).toBe(200);
  const preflight = await fetch(`${bucket}/photo`, {
    method: 'OPTIONS',
    headers: { origin: 'http://localhost:5173', 'access-control-request-headers': 'content-type' },
  });
  expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT');
  expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type');
  const put = await fetch(`${bucket}/photo`, { method: 'PUT', body: 'pixels', headers: { origin: 'http://a.test' } });
  expect(put.headers.get('access-control-allow-origin')).toBe('*');
  expect(put.headers.get('access-control-expose-headers')).toContain('ETag');
  expect(put.headers.get('etag')).not.toBeNull();
  await first.stop();

  const second = await startS3(options);

  expect(await (await fetch(`${bucket}/photo`)).text()).toBe('pixels');
  await second.stop();
});

test('S3 has its buckets from the first start on, and a link that may write once writes once', async () => {
  const options = { port, dataDir: join(folder, 's3'), buckets: ['viewora-private'] };
  const first = await startS3(options);
  const object = `http://127.0.0.1:${port}/viewora-private/document`;
  const putOnce = (body: string) => fetch(object, { method: 'PUT', body, headers: { 'if-none-match': '*' } });
  expect((await putOnce('the first')).status).toBe(200);
  expect((await putOnce('the second')).status).toBe(412);
  await first.stop();

  const second = await startS3(options);

  expect(await (await fetch(object)).text()).toBe('the first');
  await second.stop();
});
