/** Scalar references for the specs, written from the definitions: one element at a time, no vector, no table. */

function rotl32(x: u32, r: u32): u32 {
  return (x << r) | (x >> (32 - r));
}

/** threefry2x32: y0 in the high half, y1 in the low half. */
export function hash(k0: u32, k1: u32, c0: u32, c1: u32): u64 {
  const ks: StaticArray<u32> = [k0, k1, k0 ^ k1 ^ 0x1bd11bda];
  const rotations: StaticArray<u32> = [13, 15, 26, 6, 17, 29, 16, 24];
  let a = c0 + k0;
  let b = c1 + k1;
  for (let group: u32 = 0; group < 5; group++) {
    for (let round: u32 = 0; round < 4; round++) {
      a += b;
      b = rotl32(b, rotations[(group & 1) * 4 + round]) ^ a;
    }
    a += ks[(group + 1) % 3];
    b += ks[(group + 2) % 3] + group + 1;
  }
  return ((<u64>a) << 32) | (<u64>b);
}

/** Element i of `bits32`. */
export function word32(k0: u32, k1: u32, high: u32, low: u32): u32 {
  const y = hash(k0, k1, high, low);
  return (<u32>(y >> 32)) ^ (<u32>y);
}

/** a * b + c rounded once to float32. */
function fused(a: f32, b: f32, c: f32): f32 {
  return <f32>(<f64>a * <f64>b + <f64>c);
}

function f(bits: u32): f32 {
  return reinterpret<f32>(bits);
}

/** A subnormal becomes a zero of its sign. */
function flushed(x: f32): f32 {
  return abs(x) < f(0x00800000) ? copysign<f32>(0, x) : x;
}

export function uniform(bits: u32, minval: f32, maxval: f32): f32 {
  const low = flushed(minval);
  const span = flushed(flushed(maxval) - low);
  const value = flushed(fused(<f32>(bits >> 9) * f(0x34000000), span, low));
  return low > value ? low : value;
}

function horner(words: StaticArray<u32>, x: f32): f32 {
  let p = f(words[0]);
  for (let i = 1; i < words.length; i++) p = fused(p, x, f(words[i]));
  return p;
}

function log(x: f32): f32 {
  const bits = reinterpret<u32>(x);
  let e = <f32>(<i32>(bits >> 23) - 126);
  const m = f((bits & 0x007fffff) | 0x3f000000);
  let t: f32 = m - 1;
  if (m < f(0x3f3504f3)) {
    t = t + m;
    e -= 1;
  }
  const t2 = t * t;
  const t3 = t2 * t;
  let y = horner([0x3d9021bb, 0xbdebd1b8, 0x3def251a], t);
  y = fused(y, t3, horner([0xbdfe5d4f, 0x3e11e9bf, 0xbe2aae50], t));
  y = fused(y, t3, horner([0x3e4cceac, 0xbe7ffffc, 0x3eaaaaaa], t));
  y = fused(y, t3, e * f(0xb95e8083));
  return fused(e, f(0x3f318000), fused(-0.5, t2, t) + y);
}

function log1p(x: f32): f32 {
  if (!(abs(x) < f(0x3ed413cd))) return log(x + 1);
  const n = horner([0x383de04b, 0x3eff40c5, 0x40d284fa, 0x41ef4b9c, 0x4273cc76, 0x426473ad, 0x41a05101], x);
  const d = horner([0x3f800000, 0x417101ad, 0x42a6185b, 0x435dc32d, 0x439a8ca3, 0x43586d8a, 0x42707982], x);
  const x2 = x * x;
  return x + fused(-0.5, x2, x * x2 * (n / d));
}

/** erf_inv of u from -1 to 1. */
export function inverse(u: f32): f32 {
  if (abs(u) == 1) return u * Infinity;
  const w = -log1p(u * -u);
  let p: f32;
  if (w < 5) {
    p = horner(
      [0x32f16588, 0x34b84b36, 0xb66c7357, 0xb6935ac1, 0x396532db, 0xbaa45408, 0xbb88e4ef, 0x3e7c8f63, 0x3fc02e2f],
      w - 2.5,
    );
  } else {
    p = horner(
      [0xb951f09b, 0x38d3b56b, 0x3ab0dc72, 0xbb70bde7, 0x3bbc127b, 0xbbf9c5d7, 0x3c1aa57e, 0x3f8036db, 0x40354f7e],
      sqrt<f32>(w) - 3,
    );
  }
  return flushed(p * u);
}

export function normal(bits: u32): f32 {
  return inverse(fused(<f32>(bits >> 9) * f(0x34000000), 2, f(0xbf7fffff))) * f(0x3fb504f3);
}

export function truncated(bits: u32, minval: f32, maxval: f32, clipMin: f32, clipMax: f32): f32 {
  const x = inverse(uniform(bits, minval, maxval)) * f(0x3fb504f3);
  const raised = x < clipMin ? clipMin : x;
  return raised > clipMax ? clipMax : raised;
}

/** Fills memory with a byte no kernel would leave there by chance. */
export function wipe(ptr: usize, bytes: usize): void {
  memory.fill(ptr, 0xa5, bytes);
}

/** How many of `bytes` bytes are no longer as `wipe` left them. */
export function touched(ptr: usize, bytes: usize): i32 {
  let count = 0;
  for (let i: usize = 0; i < bytes; i++) count += load<u8>(ptr + i) != 0xa5 ? 1 : 0;
  return count;
}

/** `n` rounded up to a multiple of `to`. */
export function roundUp(n: u32, to: u32): u32 {
  return ((n + to - 1) / to) * to;
}

const SIZES: StaticArray<u32> = [127, 128, 129, 255, 256, 257, 1023, 1024, 1025];

/** How many sizes are checked, and the size number `i`: every one up to 67, then the edges of larger blocks. */
export function sizeAt(i: u32): u32 {
  return i <= 67 ? i : SIZES[i - 68];
}
export const COUNT: u32 = 68 + 9;
