/** What slides over an image: the largest or smallest element of each window. */
/**
 * out[line, t, c] = the largest (`least`: the smallest) of the line's x[t * step + offset + c] over the offsets; NaN where
 * one is NaN, and -0 lies below 0. The `lines` lines begin at the addresses at `linesPtr`, u32; `step` is in bytes, so are
 * the `count` offsets at `offsetsPtr`, u32; x float32, `outPtr` [lines, places, features] float32.
 */
export function extremesF32(linesPtr: usize, lines: u32, step: usize, places: u32, offsetsPtr: usize, count: u32, features: u32, outPtr: usize, least: bool): void {
  for (const end = linesPtr + (<usize>lines << 2); linesPtr < end; linesPtr += 4) {
    if (least) outPtr = line(load<u32>(linesPtr), step, places, offsetsPtr, count, features, outPtr, true);
    else outPtr = line(load<u32>(linesPtr), step, places, offsetsPtr, count, features, outPtr, false);
  }
}

/** The places of one line; returns the address behind them. */
// @ts-ignore: decorator
@inline
function line(x: usize, step: usize, places: u32, offsetsPtr: usize, count: u32, features: u32, out: usize, least: bool): usize {
  const four = <usize>(features & ~3) << 2;
  const row = <usize>features << 2;
  const first = offsetsPtr + 4;
  const end = offsetsPtr + (<usize>count << 2);
  for (let t: u32 = 0; t < places; t++, x += step, out += row) {
    let c: usize = 0;
    for (; c < four; c += 16) {
      let best = v128.load(x + c + load<u32>(offsetsPtr));
      let real = f32x4.eq(best, best);
      for (let at = first; at < end; at += 4) {
        const next = v128.load(x + c + load<u32>(at));
        real = v128.and(real, f32x4.eq(next, next));
        best = least ? smaller(best, next) : larger(best, next);
      }
      v128.store(out + c, v128.or(best, v128.not(real)));
    }
    for (; c < row; c += 4) {
      let best = load<f32>(x + c + load<u32>(offsetsPtr));
      for (let at = first; at < end; at += 4) {
        const next = load<f32>(x + c + load<u32>(at));
        best = least ? min<f32>(best, next) : max<f32>(best, next);
      }
      store<f32>(out + c, best);
    }
  }
  return out;
}

/**
 * f32x4.max of numbers, by the comparison of pmax: engines have got its zeros wrong. What is equal has the same bits but
 * for the sign of a zero, which "and" clears. What comes of a NaN is not looked at.
 */
// @ts-ignore: decorator
@inline
function larger(a: v128, b: v128): v128 {
  return v128.and(f32x4.pmax(a, b), f32x4.pmax(b, a));
}

/** f32x4.min likewise; "or" keeps the sign of a zero. */
// @ts-ignore: decorator
@inline
function smaller(a: v128, b: v128): v128 {
  return v128.or(f32x4.pmin(a, b), f32x4.pmin(b, a));
}
