import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A mail as it came in, taken apart. */
export interface KeptMail {
  /** Sorts by arrival. */
  id: string;
  receivedAt: string;
  /** Of the header, name and all. */
  from: string;
  /** Of the envelope: who would have got it. */
  to: string[];
  subject: string;
  messageId: string;
  /** As they stood, one each. */
  headers: string[];
  text: string;
  /** As it came: nothing in it can be trusted. */
  html: string;
}

const keptMails = 200;

/** The last mails, a file each, and all of them in memory: so few are there to be looked at, not to be searched. */
export class MailInboxStore {
  readonly #folder: string;
  readonly #mails = new Map<string, KeptMail>();
  #lastId = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(folder: string): Promise<MailInboxStore> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const store = new MailInboxStore(folder);
    for (const name of (await readdir(folder)).filter((file) => /^\d+\.json$/.test(file)).sort()) {
      const mail = JSON.parse(await readFile(join(folder, name), 'utf8')) as KeptMail;
      store.#mails.set(mail.id, mail);
      store.#lastId = Number(mail.id);
    }
    return store;
  }

  /** Resolves when it is on disk. */
  async add(mail: Omit<KeptMail, 'id' | 'receivedAt'>): Promise<void> {
    const now = Date.now();
    // Two in one millisecond, or a clock set back, must not share a name nor change places.
    this.#lastId = Math.max(now, this.#lastId + 1);
    const id = String(this.#lastId);
    const kept = { id, receivedAt: new Date(now).toISOString(), ...mail };
    const path = join(this.#folder, `${id}.json`);
    await writeFile(`${path}.partial`, JSON.stringify(kept), { mode: 0o600 });
    await rename(`${path}.partial`, path);
    this.#mails.set(id, kept);
    for (const old of [...this.#mails.keys()].slice(0, -keptMails)) await this.#remove(old);
  }

  /** Newest first; those to one address only where that is given. */
  list(to?: string): KeptMail[] {
    const wanted = to?.toLowerCase();
    const all = [...this.#mails.values()].sort((one, other) => Number(other.id) - Number(one.id));
    return all.filter((mail) => wanted === undefined || mail.to.some((address) => address.toLowerCase() === wanted));
  }

  find(id: string): KeptMail | null {
    return this.#mails.get(id) ?? null;
  }

  async #remove(id: string): Promise<void> {
    this.#mails.delete(id);
    await rm(join(this.#folder, `${id}.json`), { force: true });
  }
}
