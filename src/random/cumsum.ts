const BLOCK = 16;

/** Sums up to each element as XLA orders them: within blocks of 16, the same of the blocks' sums, then both together. */
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
