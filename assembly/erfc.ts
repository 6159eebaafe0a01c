/** Source: `chlo.erfc` at jaxlib 0.10.2 (after Cephes ndtrf). */
import { expF32 } from "./exp";
import { flush, multiplyAdd } from "./fma";
import { polynomial } from "./polynomial";
import { a0, a1, a2, b0, b1, b3, join, part } from "./scratch";

/** erf(x) / x in x^2, up to 1; erfc(x) * e^(x^2) * x in 1 / x^2, from 1 to 2; the same from 2 on. */
const table: usize = memory.data<f32>([
  7.8538614e-5, -8.0101936e-4, 5.1883277e-3, -0.026853812, 0.112835851, -0.37612626, 1.128379166, 0.0232682,
  -0.13870394, 0.36874247, -0.5824733, 0.62100046, -0.49445153, 0.340488, -0.2741127, 0.56382594, -10.477664, 12.9772,
  -7.4955187, 2.921019, -1.01526528, 0.42184634, -0.28207674, 0.5641895,
]);

/**
 * erfc of the `n` numbers at `ptr` in place, n at most `PASS`, with room up to a multiple of 16. From |x| = 9.42 on,
 * where the source puts 0, e^(-x^2) is 0 already.
 */
export function erfc(ptr: usize, n: u32, fused: bool): void {
  const one = f32x4.splat(1);
  const near = part(ptr, n, one);
  let bytes = (<usize>near) << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(b0 + i);
    v128.store(a0 + i, flush(f32x4.mul(x, x)));
  }
  polynomial(table, 7, a0, a1, near, fused);
  for (let i: usize = 0; i < bytes; i += 16)
    v128.store(b0 + i, multiplyAdd(f32x4.neg(v128.load(b0 + i)), v128.load(a1 + i), one, fused));

  const far = ((n + 3) & ~3) - near;
  bytes = (<usize>far) << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(b3 + i);
    const x2 = f32x4.mul(x, x);
    v128.store(a0 + i, flush(f32x4.div(one, x2)));
    v128.store(b1 + i, f32x4.neg(x2));
  }
  expF32(b1, b1, far, fused);
  polynomial(table + 28, 9, a0, a1, far, fused);
  polynomial(table + 64, 8, a0, a2, far, fused);
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(b3 + i);
    const size = f32x4.abs(x);
    const p = v128.bitselect(v128.load(a1 + i), v128.load(a2 + i), f32x4.lt(size, f32x4.splat(2)));
    const zq = flush(f32x4.mul(v128.load(b1 + i), flush(f32x4.div(one, size))));
    const result = flush(f32x4.mul(zq, p));
    v128.store(b3 + i, v128.bitselect(f32x4.sub(f32x4.splat(2), result), result, f32x4.lt(x, i32x4.splat(0))));
  }
  join(ptr, n);
}
