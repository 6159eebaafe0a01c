/**
 * float32 pow, our own, because XLA calls the host's C library, whose bits differ from host to host. Computed in double
 * precision with `+ - * /` only and rounded to float32 once: off by less than 0.501 ulp. Zeros, infinities and NaN as
 * in C99 (Annex F.9.4.4); subnormals count as zeros.
 */

import { flushed } from "./fma";

/** The polynomial in x whose `count` float64 coefficients lie at `table`, highest power first, by Horner's rule. */
// @ts-ignore: decorator
@inline
function horner(table: usize, count: i32, x: f64): f64 {
  let p: f64 = 0;
  for (const end = table + ((<usize>count) << 3); table < end; table += 8) p = p * x + load<f64>(table);
  return p;
}

const logTable: usize = memory.data<f64>([
  1.0 / 19,
  1.0 / 17,
  1.0 / 15,
  1.0 / 13,
  1.0 / 11,
  1.0 / 9,
  1.0 / 7,
  1.0 / 5,
  1.0 / 3,
  1,
]);
const expTable: usize = memory.data<f64>([
  1.0 / 39916800,
  1.0 / 3628800,
  1.0 / 362880,
  1.0 / 40320,
  1.0 / 5040,
  1.0 / 720,
  1.0 / 120,
  1.0 / 24,
  1.0 / 6,
  1.0 / 2,
  1,
  1,
]);

/** log2 of a float32 x >= 0 that is not subnormal: by the series of artanh((m - 1) / (m + 1)), |.| < 0.172. */
function log2(x: f32): f64 {
  if (x == 0) return -Infinity;
  if (x == Infinity) return Infinity;
  const bits = reinterpret<u32>(x);
  let m = <f64>reinterpret<f32>((bits & 0x007fffff) | 0x3f000000);
  let e = <i32>(bits >>> 23) - 126;
  if (m < 0.7071067690849304) {
    // sqrt(1/2) 3F3504F3
    m *= 2;
    e--;
  }
  const s = (m - 1) / (m + 1);
  return <f64>e + s * horner(logTable, 10, s * s) * 2.8853900817779268; // 2 / ln(2) 40071547652B82FE
}

/** 2^t: 2^n times the Taylor series of the rest. Results below the normal numbers are 0. */
function exp2(t: f64): f32 {
  const clamped = max<f64>(-160, min<f64>(160, t));
  const n = floor(clamped + 0.5);
  const p = horner(expTable, 12, (clamped - n) * 0.6931471805599453); // ln(2) 3FE62E42FEFA39EF
  const y = <f32>(p * reinterpret<f64>((<u64>(<i32>n + 1023)) << 52));
  return y < f32.MIN_NORMAL_VALUE ? 0 : y;
}

function pow(x: f32, y: f32): f32 {
  if (y == 0 || x == 1) return 1;
  if (x != x || y != y) return NaN;
  const whole = floor(y) == y;
  if (x < 0 && x != -Infinity && !whole) return NaN;
  const odd = whole && y - 2 * floor(y / 2) == 1;
  const size = abs(x) == 1 ? <f32>1 : exp2(<f64>y * log2(abs(x)));
  return odd ? copysign(size, x) : size;
}

/** x to the power y: `xPtr` [n], `yPtr` [n], `outPtr` [n] (an address of the others is allowed), all float32. */
export function powF32(xPtr: usize, yPtr: usize, outPtr: usize, n: u32): void {
  const end = (<usize>n) << 2;
  for (let i: usize = 0; i < end; i += 4)
    store<f32>(outPtr + i, pow(flushed(load<f32>(xPtr + i)), flushed(load<f32>(yPtr + i))));
}
