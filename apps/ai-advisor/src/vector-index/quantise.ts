export interface Quantised<Codes = Int8Array> {
  /** What a code of 1 stands for. */
  scale: number;
  codes: Codes;
}

/** The largest code of what is asked for: finer than those it is compared with, and no sum of 4,000 products leaves 32 bits. */
export const finest = 2_047;

/** A vector in a quarter of its bytes: its largest component is 127 or -127. */
export function quantise(vector: Float32Array): Quantised {
  return scaled(vector, 127, new Int8Array(vector.length));
}

/** What is asked for, to be compared with codes in whole numbers, which takes half the time. */
export function quantiseFinely(vector: Float32Array): Quantised<Int32Array> {
  return scaled(vector, finest, new Int32Array(vector.length));
}

function scaled<Codes extends Int8Array | Int32Array>(
  vector: Float32Array,
  largestCode: number,
  codes: Codes,
): Quantised<Codes> {
  let largest = 0;
  for (const component of vector) largest = Math.max(largest, Math.abs(component));
  const scale = largest / largestCode;
  if (scale > 0) for (const [i, component] of vector.entries()) codes[i] = Math.round(component / scale);
  return { scale, codes };
}

/** A `real[]` as Postgres sends it in binary: a head, then the length and the value of each, big-endian. */
export function readReals(sent: Buffer): Float32Array {
  const head = 20;
  const size = 8;
  return Float32Array.from({ length: (sent.length - head) / size }, (_, i) => sent.readFloatBE(head + i * size + 4));
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
