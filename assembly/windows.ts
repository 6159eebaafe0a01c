/** What slides over an image: the largest or smallest element of each window. */
/**
 * out[t, c] = the largest (`least`: the smallest) of x[t * step + offset + c] over the offsets; NaN where one is NaN,
 * and -0 lies below 0. `step` is in bytes, so are the `count` offsets at `offsetsPtr`, u32; `xPtr` float32, `outPtr`
 * [places, features] float32.
 */
export function extremesF32(xPtr: usize, step: usize, places: u32, offsetsPtr: usize, count: u32, features: u32, outPtr: usize, least: bool): void {
  const four = <usize>(features & ~3) << 2;
  const row = <usize>features << 2;
  const end = offsetsPtr + (<usize>count << 2);
  for (let t: u32 = 0; t < places; t++, xPtr += step, outPtr += row) {
    let c: usize = 0;
    for (; c < four; c += 16) {
      let best = v128.load(xPtr + c + load<u32>(offsetsPtr));
      for (let at = offsetsPtr + 4; at < end; at += 4) {
        const x = v128.load(xPtr + c + load<u32>(at));
        best = least ? smaller(best, x) : larger(best, x);
      }
      v128.store(outPtr + c, best);
    }
    for (; c < row; c += 4) {
      let best = load<f32>(xPtr + c + load<u32>(offsetsPtr));
      for (let at = offsetsPtr + 4; at < end; at += 4) {
        const x = load<f32>(xPtr + c + load<u32>(at));
        best = least ? min<f32>(best, x) : max<f32>(best, x);
      }
      store<f32>(outPtr + c, best);
    }
  }
}

/** f32x4.max by comparison: engines have got its zeros wrong. What is equal has the same bits but for the sign of a zero, which "and" clears. */
// @ts-ignore: decorator
@inline
function larger(a: v128, b: v128): v128 {
  const picked = v128.bitselect(a, b, v128.or(f32x4.gt(a, b), f32x4.ne(a, a)));
  return v128.bitselect(v128.and(a, b), picked, f32x4.eq(a, b));
}

/** f32x4.min likewise; "or" keeps the sign of a zero. */
// @ts-ignore: decorator
@inline
function smaller(a: v128, b: v128): v128 {
  const picked = v128.bitselect(a, b, v128.or(f32x4.lt(a, b), f32x4.ne(a, a)));
  return v128.bitselect(v128.or(a, b), picked, f32x4.eq(a, b));
}
