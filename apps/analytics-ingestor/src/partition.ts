import { crc32 } from 'node:zlib';

/** Never change it: where a listing's keys and archive are follows from it. */
const partitionCount = 8;

export const partitions = Array.from({ length: partitionCount }, (_, number) => number);

/** Where everything about a listing is kept; a listing's id, or any other name, in lower case. */
export function partitionOf(name: string): number {
  return crc32(name) % partitionCount;
}

/** What every Redis key of a partition begins with; the braces keep them in one slot of a Redis Cluster. */
export function tagOf(partition: number): string {
  return `{a:${String(partition).padStart(2, '0')}}`;
}
