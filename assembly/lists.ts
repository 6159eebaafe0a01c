/** Room for what functions leave half done: they work on `PASS` numbers at a time, in lists that stay in the cache. */

/** Elements a pass. */
// @ts-ignore: decorator
@inline
export const PASS: u32 = 256;
/** Bytes of a list, and a cache line: loads are held up by stores to the same place of a page. */
const LIST: i32 = 256 * 4 + 64;

/** Of log and of quotients of polynomials. */
export const a0: usize = memory.data(LIST, 64);
export const a1: usize = memory.data(LIST, 64);
export const a2: usize = memory.data(LIST, 64);
export const a3: usize = memory.data(LIST, 64);
export const a4: usize = memory.data(LIST, 64);
/** Of log1p, expm1 and erfc. */
export const b0: usize = memory.data(LIST, 64);
export const b1: usize = memory.data(LIST, 64);
export const b2: usize = memory.data(LIST, 64);
/** Of erf_inv and the activations. */
export const c0: usize = memory.data(LIST, 64);
