import { startStorage } from '../src/storage.ts';

test('a storage has its private bucket, and nothing in it', async () => {
  const storage = await startStorage();
  expect((await fetch(storage.url, { method: 'HEAD' })).status).toBe(200);
  expect((await fetch(`${storage.url}/anything`)).status).toBe(404);
  expect(storage.url).toBe(`${storage.environment.S3_ENDPOINT}/${storage.environment.PRIVATE_BUCKET}`);
  await storage.stop();
});

test('a storage tells what is in it, and which uploads were begun and not ended', async () => {
  const storage = await startStorage();
  await fetch(`${storage.url}/folder/a`, { method: 'PUT', body: 'a' });
  await fetch(`${storage.url}/folder/b?uploads`, { method: 'POST' });
  expect([await storage.keys(), await storage.keys('other'), await storage.unfinishedUploads()]).toEqual([
    ['folder/a'],
    [],
    1,
  ]);
  await storage.stop();
});
