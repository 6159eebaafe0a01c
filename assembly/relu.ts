/** max(x, 0) in place, `ptr` [n] float32 with room up to a multiple of 4: NaN stays, a subnormal becomes 0. */
export function reluF32(ptr: usize, n: u32): void {
  const normal = f32x4.splat(reinterpret<f32>(0x00800000));
  const end = ptr + (<usize>n << 2);
  for (; ptr < end; ptr += 16) {
    const x = v128.load(ptr);
    // What is below the smallest normal; no comparison holds for NaN.
    v128.store(ptr, v128.andnot(x, f32x4.lt(x, normal)));
  }
}
