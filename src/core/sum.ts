const { fround } = Math;

/** Partial sums: term k is added to partial k mod PARTIALS. */
const PARTIALS = 16;
/** Terms of a block, whose partials are put aside. */
const BLOCK = 1024;
/** So many levels hold the blocks of 2^32 terms. */
const LEVELS = 22;
const parts = new Float64Array(PARTIALS);
/** Partial p of 2^l finished blocks at l * PARTIALS + p. */
const kept = new Float64Array(LEVELS * PARTIALS);

/**
 * The sum of `n` runs of `size` terms of `x`, `step` apart, from index `at` on, in the order of the contract. With a
 * `centre`, the sum of the squares of their distances from it, both operations rounded.
 */
export function sumTerms(x: Float32Array, at: number, n: number, step: number, size: number, centre?: number): number {
  parts.fill(0);
  let k = 0;
  for (let run = 0; run < n; run++, at += step) {
    for (let j = at; j < at + size; j++) {
      const distance = centre === undefined ? 0 : fround(x[j]! - centre);
      const p = k % PARTIALS;
      parts[p] = fround(parts[p]! + (centre === undefined ? x[j]! : fround(distance * distance)));
      k++;
      if (k % BLOCK === 0) keep(k / BLOCK);
    }
  }
  for (let level = 0, blocks = Math.floor(k / BLOCK); blocks > 0; level++, blocks = Math.floor(blocks / 2))
    if (blocks % 2 === 1) addLevel(level);
  return combine();
}

/** Puts the partials of block number `block`, from 1, aside with those of the blocks before it. */
function keep(block: number): void {
  let level = 0;
  for (; block % 2 === 0; block /= 2, level++) addLevel(level);
  kept.set(parts, level * PARTIALS);
  parts.fill(0);
}

function addLevel(level: number): void {
  for (let p = 0; p < PARTIALS; p++) parts[p] = fround(kept[level * PARTIALS + p]! + parts[p]!);
}

function combine(): number {
  for (let half = PARTIALS / 2; half >= 1; half /= 2) {
    for (let p = 0; p < half; p++) parts[p] = fround(parts[p]! + parts[p + half]!);
  }
  return parts[0]!;
}

export function sumF32(
  x: Float32Array,
  centres: Float32Array | undefined,
  out: Float32Array,
  n: number,
  inner: number,
  size = 1,
): void {
  for (let i = 0; i < out.length; i++) {
    const column = i % inner;
    out[i] = sumTerms(x, ((i - column) * n + column) * size, n, inner * size, size, centres?.[i % centres.length]);
  }
}
