import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A secret of this home: 256 random bits, made when it is first wanted and the same from then on, in a file that its owner
 * alone can read. Of two who make it at once, both get the one that was there first.
 */
export async function keptSecret(home: string, name: string): Promise<string> {
  const folder = join(home, 'secrets');
  const file = join(folder, name);
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null) return kept;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Written aside and linked: whoever finds the file finds the whole of it.
  const partial = `${file}.${randomBytes(4).toString('hex')}.partial`;
  await writeFile(partial, randomBytes(32).toString('base64url'), { mode: 0o600 });
  await link(partial, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(partial);
  return readFile(file, 'utf8');
}
