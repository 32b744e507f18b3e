import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

export interface ServerUser {
  uid: number;
  gid: number;
}

/** Debian's and most systems' "nobody". */
const nobody: ServerUser = { uid: 65534, gid: 65534 };

/** Who servers that refuse root run as: undefined (ourselves), or "nobody" where we are root. */
export function serverUser(): ServerUser | undefined {
  return process.getuid?.() === 0 ? nobody : undefined;
}

/** Whether the server user can enter every folder above `path`: a checkout under root's 0700 home is closed to it. */
export async function isReachable(path: string, user = serverUser()): Promise<boolean> {
  if (user === undefined) return true;
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const entry = await stat(folder).catch(() => null);
    if (entry !== null && (entry.mode & 0o001) === 0 && entry.uid !== user.uid) return false;
    if (folder === dirname(folder)) return true;
  }
}
