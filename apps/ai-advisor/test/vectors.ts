/** A listing's id by its number. */
export function idOf(number: number): string {
  return `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

/** Vectors of length 1 in all directions, the same ones for the same seed (mulberry32). */
export function randomVectors(count: number, dimensions: number, seed: number): Float32Array[] {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return Array.from({ length: count }, () => {
    const vector = Float32Array.from({ length: dimensions }, normal);
    const length = Math.hypot(...vector);
    return vector.map((component) => component / length);
  });
}
