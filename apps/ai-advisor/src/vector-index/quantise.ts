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

export function toBytes({ buffer, byteOffset, byteLength }: Int8Array | Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** Copied: a driver's buffer begins anywhere. Every machine this runs on is little-endian. */
export function toFloats(bytes: Buffer): Float32Array {
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
