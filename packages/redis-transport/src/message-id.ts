import { randomFillSync } from 'node:crypto';

const idBytes = 16;
const pool = Buffer.alloc(idBytes * 256);
let offset = pool.length;

/**
 * A UUIDv7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then random bits, so that ids sort by creation.
 * Random bytes are drawn for 256 ids at once, because a system call per message shows in the throughput.
 */
export function newMessageId(): string {
  if (offset === pool.length) {
    randomFillSync(pool);
    offset = 0;
  }
  const start = offset;
  offset += idBytes;
  pool.writeUIntBE(Date.now(), start, 6);
  pool[start + 6] = 0x70 | ((pool[start + 6] ?? 0) & 0x0f);
  pool[start + 8] = 0x80 | ((pool[start + 8] ?? 0) & 0x3f);
  const hex = pool.toString('hex', start, offset);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
