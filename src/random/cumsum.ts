const BLOCK = 16;

/**
 * The cumulative sum in XLA's order: sums within blocks of 16, cumulative sums of the blocks' sums, then both added.
 */
export function cumulated(x: Float32Array): Float32Array {
  const out = x.slice();
  for (let i = 0; i < out.length; i++) if (i % BLOCK !== 0) out[i] = out[i - 1]! + out[i]!;
  if (out.length <= BLOCK) return out;
  const totals = cumulated(
    Float32Array.from(
      { length: Math.ceil(out.length / BLOCK) },
      (_, b) => out[Math.min((b + 1) * BLOCK, out.length) - 1]!,
    ),
  );
  for (let i = BLOCK; i < out.length; i++) out[i] = totals[Math.floor(i / BLOCK) - 1]! + out[i]!;
  return out;
}
