import { larger } from "./lanes";
import { Binary } from "./opcodes";

/**
 * The maximum or minimum (`op`) of each window that slides over an image: out[line, t, c] is that of the line's x[t *
 * step + offset + c] over the offsets.
 *
 * - NaN where one is NaN; -0 is below 0.
 * - The `lines` lines begin at the addresses at `linesPtr`, u32. `step` is in bytes, and so are the `offsets` offsets
 *   at `offsetsPtr`, u32. x float32, `outPtr` [lines, places, features] float32.
 */
export function extremesF32(
  op: Binary,
  linesPtr: usize,
  offsetsPtr: usize,
  outPtr: usize,
  lines: u32,
  places: u32,
  step: usize,
  offsets: u32,
  features: u32,
): void {
  // The minimum is the negative of the maximum of the negatives.
  const sign = i32x4.splat(op == Binary.minimum ? 0x80000000 : 0);
  const four = (<usize>(features & ~3)) << 2;
  const row = (<usize>features) << 2;
  const offsetsEnd = offsetsPtr + ((<usize>offsets) << 2);
  for (const end = linesPtr + ((<usize>lines) << 2); linesPtr < end; linesPtr += 4) {
    let x: usize = load<u32>(linesPtr);
    for (let t: u32 = 0; t < places; t++, x += step, outPtr += row) {
      let c: usize = 0;
      for (; c < four; c += 16) v128.store(outPtr + c, largest(x + c, offsetsPtr, offsetsEnd, sign, false));
      for (; c < row; c += 4) v128.store32_lane(outPtr + c, largest(x + c, offsetsPtr, offsetsEnd, sign, true), 0);
    }
  }
}

/**
 * The maximum over the offsets of what lies there from `x`, of four features or of `one`. `sign` flips the signs before
 * and after.
 */
// @ts-ignore: decorator
@inline
function largest(x: usize, at: usize, end: usize, sign: v128, one: bool): v128 {
  let best = v128.xor(one ? v128.load32_splat(x + load<u32>(at)) : v128.load(x + load<u32>(at)), sign);
  let real = f32x4.eq(best, best);
  for (at += 4; at < end; at += 4) {
    const next = v128.xor(one ? v128.load32_splat(x + load<u32>(at)) : v128.load(x + load<u32>(at)), sign);
    real = v128.and(real, f32x4.eq(next, next));
    best = larger(best, next);
  }
  return v128.or(v128.xor(best, sign), v128.not(real));
}
