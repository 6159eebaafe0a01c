/**
 * Copies each of the words at `fromPtr` `repeat` times, the first `skip` times less, to `outPtr` [n] words. Up to 12
 * bytes behind them are written.
 */
export function repeatF32(fromPtr: usize, outPtr: usize, n: u32, repeat: u32, skip: u32): void {
  const end = outPtr + ((<usize>n) << 2);
  let stop = outPtr + ((<usize>(repeat - skip)) << 2);
  for (; outPtr < end; fromPtr += 4) {
    const value = v128.load32_splat(fromPtr);
    const last = stop < end ? stop : end;
    for (; outPtr < last; outPtr += 16) v128.store(outPtr, value);
    outPtr = last;
    stop += (<usize>repeat) << 2;
  }
}
