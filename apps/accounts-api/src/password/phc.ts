/** A hash with all that it takes to compute it again. */
export interface PhcHash {
  /** KiB. */
  memory: number;
  passes: number;
  parallelism: number;
  salt: Buffer;
  hash: Buffer;
}

/**
 * OWASP's floor for Argon2id (Password Storage Cheat Sheet). To raise it, change it here: older hashes stay readable and are
 * computed anew when their owner signs in.
 */
export const parameters = { memory: 19_456, passes: 2, parallelism: 1 } as const;

const pattern = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** The PHC string format, as every Argon2 library writes it. */
export function formatPhc({ memory, passes, parallelism, salt, hash }: PhcHash): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${bare(salt)}$${bare(hash)}`;
}

/** @throws Error for anything else. */
export function parsePhc(text: string): PhcHash {
  const [, memory, passes, parallelism, salt = '', hash = ''] = pattern.exec(text) ?? [];
  if (hash === '') throw new Error('A stored password hash cannot be read');
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}

/** Whether a hash was made with today's parameters. */
export function isCurrent({ memory, passes, parallelism }: PhcHash): boolean {
  return memory === parameters.memory && passes === parameters.passes && parallelism === parameters.parallelism;
}

function bare(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
