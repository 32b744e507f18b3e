import { startStorage } from '../src/storage.ts';

test('a storage has its private bucket, and nothing in it', async () => {
  const storage = await startStorage();
  expect((await fetch(storage.url, { method: 'HEAD' })).status).toBe(200);
  expect((await fetch(`${storage.url}/anything`)).status).toBe(404);
  expect(storage.url).toBe(`${storage.environment.S3_ENDPOINT}/${storage.environment.PRIVATE_BUCKET}`);
  await storage.stop();
});
