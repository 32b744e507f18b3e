import { Seal } from './seal.ts';

const value = { code: '482913', place: 'Thrissur' };

test('what is sealed can be read by whoever has the secret, and by nobody else', async () => {
  const text = await new Seal('one secret', 'mail').seal(value);

  expect(await new Seal('one secret', 'mail').open(text)).toEqual(value);
  expect(Buffer.from(text, 'base64url').toString('latin1')).not.toContain(value.code);
  await expect(new Seal('another secret', 'mail').open(text)).rejects.toThrow();
  await expect(new Seal('one secret', 'else').open(text)).rejects.toThrow();
});

test('what was changed on its way is refused, and so is what asks for a weaker seal', async () => {
  const seal = new Seal('one secret', 'mail');
  const [header, key, iv, sealed = '', tag] = (await seal.seal(value)).split('.');
  const changed = `${sealed.startsWith('A') ? 'B' : 'A'}${sealed.slice(1)}`;
  const weaker = Buffer.from('{"alg":"dir","enc":"A128CBC-HS256"}').toString('base64url');

  await expect(seal.open([header, key, iv, changed, tag].join('.'))).rejects.toThrow();
  await expect(seal.open([weaker, key, iv, sealed, tag].join('.'))).rejects.toThrow();
  await expect(seal.open(JSON.stringify(value))).rejects.toThrow();
});

test('the same thing sealed twice cannot be told to be the same', async () => {
  const seal = new Seal('one secret', 'mail');
  expect(await seal.seal(value)).not.toBe(await seal.seal(value));
});
