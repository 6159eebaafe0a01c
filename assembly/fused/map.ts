/** Loops over numbers, four at a time, and the lists between two of them. */

/** Bytes a pass: of 256 numbers. */
// @ts-ignore: decorator
@inline
export const PASS: usize = 1024;
/** And a cache line, because loads are held up by stores to the same place of a page. */
const LIST: i32 = 1024 + 64;

export const a: usize = memory.data(LIST, 64);
export const b: usize = memory.data(LIST, 64);

/**
 * `Op.of` of each of the numbers: `xPtr` [n], `outPtr` [n] float32 (the same address is allowed), both with room up to
 * a multiple of 4.
 */
// @ts-ignore: decorator
@inline
export function map<Op>(xPtr: usize, outPtr: usize, n: u32): void {
  const op = changetype<Op>(0);
  for (const end = xPtr + ((<usize>n) << 2); xPtr < end; xPtr += 16, outPtr += 16)
    v128.store(outPtr, op.of(v128.load(xPtr)));
}
