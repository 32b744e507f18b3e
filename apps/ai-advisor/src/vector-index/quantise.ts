export interface Quantised {
  /** What a code of 1 stands for. */
  scale: number;
  codes: Int8Array;
}

/** A vector in a quarter of its bytes: its largest component is 127 or -127. */
export function quantise(vector: Float32Array): Quantised {
  let largest = 0;
  for (const component of vector) largest = Math.max(largest, Math.abs(component));
  const scale = largest / 127;
  return { scale, codes: Int8Array.from(vector, (component) => (scale === 0 ? 0 : Math.round(component / scale))) };
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
