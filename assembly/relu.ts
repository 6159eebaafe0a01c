/** max(x, 0) in place, `ptr` [n] float32 with room up to a multiple of 16: NaN stays, a subnormal becomes 0. */
export function reluF32(ptr: usize, n: u32): void {
  const end = ptr + ((<usize>n) << 2);
  for (; ptr < end; ptr += 64) {
    const a = v128.load(ptr);
    const b = v128.load(ptr, 16);
    const c = v128.load(ptr, 32);
    const d = v128.load(ptr, 48);
    v128.store(ptr, rectified(a));
    v128.store(ptr, rectified(b), 16);
    v128.store(ptr, rectified(c), 32);
    v128.store(ptr, rectified(d), 48);
  }
}

/** 0 where x is below the smallest normal number. NaN stays, because no comparison holds for it. */
// @ts-ignore: decorator
@inline
export function rectified(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(x, f32x4.splat(reinterpret<f32>(0x00800000))));
}
