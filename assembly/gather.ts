/** Four float32 lanes from, and to, places that a list of byte offsets names. */

/** The four float32 at the byte offsets `listPtr` behind `ptr`. */
// @ts-ignore: decorator
@inline
export function gather(ptr: usize, listPtr: usize): v128 {
  let x = v128.load32_zero(ptr + load<u32>(listPtr));
  x = v128.load_lane<f32>(ptr + load<u32>(listPtr, 4), x, 1);
  x = v128.load_lane<f32>(ptr + load<u32>(listPtr, 8), x, 2);
  return v128.load_lane<f32>(ptr + load<u32>(listPtr, 12), x, 3);
}

/** Stores the first min(n, 4) float32 lanes at the byte offsets `listPtr` behind `ptr`. */
// @ts-ignore: decorator
@inline
export function scatter(ptr: usize, listPtr: usize, n: u32, x: v128): void {
  store<f32>(ptr + load<u32>(listPtr), f32x4.extract_lane(x, 0));
  if (n > 1) store<f32>(ptr + load<u32>(listPtr, 4), f32x4.extract_lane(x, 1));
  if (n > 2) store<f32>(ptr + load<u32>(listPtr, 8), f32x4.extract_lane(x, 2));
  if (n > 3) store<f32>(ptr + load<u32>(listPtr, 12), f32x4.extract_lane(x, 3));
}
