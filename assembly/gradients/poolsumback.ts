/**
 * Adds each ct to what its window sees, feature by feature: the gradient of `poolF32` by sums. Every sum is rounded,
 * subnormals are kept.
 *
 * Segments as in `poolF32`, of the array that is added to, float32. `ctPtr` [places, features] float32.
 */
export function poolSumBackF32(segmentsPtr: usize, ctPtr: usize, segments: u32, step: usize, features: u32): void {
  const row = (<usize>features) << 2;
  for (const end = segmentsPtr + ((<usize>segments) << 4); segmentsPtr < end; segmentsPtr += 16) {
    let out: usize = load<u32>(segmentsPtr);
    const offsets: usize = load<u32>(segmentsPtr, 8);
    const offsetsEnd = offsets + ((<usize>load<u32>(segmentsPtr, 12)) << 2);
    for (let places = load<u32>(segmentsPtr, 4); places; places--, out += step, ctPtr += row) {
      let c: usize = 0;
      for (; c + 16 <= row; c += 16) {
        const ct = v128.load(ctPtr + c);
        for (let at = offsets; at < offsetsEnd; at += 4) {
          const to = out + c + load<u32>(at);
          v128.store(to, f32x4.add(v128.load(to), ct));
        }
      }
      for (; c < row; c += 4) {
        const ct = load<f32>(ctPtr + c);
        for (let at = offsets; at < offsetsEnd; at += 4) {
          const to = out + c + load<u32>(at);
          store<f32>(to, load<f32>(to) + ct);
        }
      }
    }
  }
}
