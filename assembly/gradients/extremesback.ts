import { flush } from "../fma";
import { Binary } from "../opcodes";
import { plus } from "./rounded";

/**
 * Adds each ct to the element of its window that is the maximum or minimum (`op`), the first of equal ones. An element
 * gives way to the next if it is not at least as great, or as small, which no NaN is.
 *
 * The `lines` lines begin as many bytes behind `xPtr` and `outPtr` as the u32 at `linesPtr` say. `step` is in bytes,
 * and so are the `offsets` offsets at `offsetsPtr`, u32, one at least. `ctPtr` [lines, places, features] float32.
 */
export function extremesBackF32(
  op: Binary,
  linesPtr: usize,
  offsetsPtr: usize,
  xPtr: usize,
  ctPtr: usize,
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
    let x: usize = xPtr + load<u32>(linesPtr);
    let out: usize = outPtr + load<u32>(linesPtr);
    for (let t: u32 = 0; t < places; t++, x += step, out += step, ctPtr += row) {
      let c: usize = 0;
      for (; c < four; c += 16) give(x + c, ctPtr + c, out + c, offsetsPtr, offsetsEnd, sign, false);
      for (; c < row; c += 4) give(x + c, ctPtr + c, out + c, offsetsPtr, offsetsEnd, sign, true);
    }
  }
}

/** Four features, or `one`. Not inlined: it is called at two places, and would be long twice. */
function give(x: usize, ctPtr: usize, out: usize, at: usize, end: usize, sign: v128, one: bool): void {
  const first = at;
  let best = v128.xor(one ? v128.load32_splat(x + load<u32>(at)) : v128.load(x + load<u32>(at)), sign);
  let place = i32x4.splat(load<u32>(at));
  for (at += 4; at < end; at += 4) {
    const offset = load<u32>(at);
    const next = v128.xor(one ? v128.load32_splat(x + offset) : v128.load(x + offset), sign);
    const stays = f32x4.ge(best, next);
    best = v128.bitselect(best, next, stays);
    place = v128.bitselect(place, i32x4.splat(offset), stays);
  }
  const ct = flush(one ? v128.load32_splat(ctPtr) : v128.load(ctPtr));
  for (at = first; at < end; at += 4) {
    const offset = load<u32>(at);
    const isPlace = i32x4.eq(place, i32x4.splat(offset));
    const to = out + offset;
    const before = one ? v128.load32_splat(to) : v128.load(to);
    const after = v128.bitselect(plus(before, ct), before, isPlace);
    if (one) v128.store32_lane(to, after, 0);
    else v128.store(to, after);
  }
}
