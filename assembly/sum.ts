/**
 * Sums in float32 in one order: term i goes to partial i mod 16, each ascending from +0; then partial p takes p + 8,
 * p + 4, p + 2 and p + 1 in turn. Subnormals are kept.
 */

/** The sum of the 16 partials at `ptr`, by the tree. */
// @ts-ignore: decorator
@inline
function combine(a: v128, b: v128, c: v128, d: v128): f32 {
  const four = f32x4.add(f32x4.add(a, c), f32x4.add(b, d));
  const two = f32x4.add(four, i64x2.shuffle(four, four, 1, 1));
  return f32x4.extract_lane(two, 0) + f32x4.extract_lane(two, 1);
}

/** The last 1 to 3 terms, and +0 where there is none: a partial is never -0, so that adding it changes nothing. */
// @ts-ignore: decorator
@inline
function tail(ptr: usize, left: usize): v128 {
  let last = left & 8 ? v128.load64_zero(ptr) : f32x4.splat(0);
  if (left & 4) last = left & 8 ? v128.load32_lane(ptr, last, 2, 8) : v128.load32_zero(ptr);
  return last;
}

/** The sum of each of `rows` rows: `xPtr` [rows, n] float32, `outPtr` [rows] float32. */
export function sumRowsF32(xPtr: usize, n: u32, rows: u32, outPtr: usize): void {
  const stride = <usize>n << 2;
  for (let row: u32 = 0; row < rows; row++, xPtr += stride, outPtr += 4) store<f32>(outPtr, sumRow(xPtr, stride));
}

/** The sum of the float32 terms in the `bytes` bytes at `ptr`. */
export function sumRow(ptr: usize, bytes: usize): f32 {
  return sumTerms(ptr, bytes, false);
}

/** As `sumRow`, of the squares of the terms, each rounded before it is added. */
export function sumSquares(ptr: usize, bytes: usize): f32 {
  return sumTerms(ptr, bytes, true);
}

// @ts-ignore: decorator
@inline
function sumTerms(ptr: usize, bytes: usize, squared: bool): f32 {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  const whole = ptr + (bytes & ~63);
  const end = ptr + bytes;
  for (; ptr < whole; ptr += 64) {
    a = f32x4.add(a, term(v128.load(ptr), squared));
    b = f32x4.add(b, term(v128.load(ptr, 16), squared));
    c = f32x4.add(c, term(v128.load(ptr, 32), squared));
    d = f32x4.add(d, term(v128.load(ptr, 48), squared));
  }
  const left = end - ptr;
  if (left >= 48) {
    a = f32x4.add(a, term(v128.load(ptr), squared));
    b = f32x4.add(b, term(v128.load(ptr, 16), squared));
    c = f32x4.add(c, term(v128.load(ptr, 32), squared));
    d = f32x4.add(d, term(tail(ptr + 48, left & 15), squared));
  } else if (left >= 32) {
    a = f32x4.add(a, term(v128.load(ptr), squared));
    b = f32x4.add(b, term(v128.load(ptr, 16), squared));
    c = f32x4.add(c, term(tail(ptr + 32, left & 15), squared));
  } else if (left >= 16) {
    a = f32x4.add(a, term(v128.load(ptr), squared));
    b = f32x4.add(b, term(tail(ptr + 16, left & 15), squared));
  } else if (left > 0) {
    a = f32x4.add(a, term(tail(ptr, left), squared));
  }
  return combine(a, b, c, d);
}

// @ts-ignore: decorator
@inline
function term(x: v128, squared: bool): v128 {
  return squared ? f32x4.mul(x, x) : x;
}

/**
 * Adds `rows` rows of `cols` terms to partials: row k goes to partial (first + k) mod 16. `xPtr` [rows, cols] float32,
 * `partsPtr` [16, cols] float32.
 */
export function addPartsF32(xPtr: usize, first: u32, rows: u32, cols: u32, partsPtr: usize): void {
  const stride = <usize>cols << 2;
  const four = stride & ~15;
  for (let k: u32 = 0; k < rows; k++) {
    const part = partsPtr + (<usize>(first + k) & 15) * stride;
    let j: usize = 0;
    for (; j < four; j += 16) v128.store(part + j, f32x4.add(v128.load(part + j), v128.load(xPtr + j)));
    for (; j < stride; j += 4) store<f32>(part + j, load<f32>(part + j) + load<f32>(xPtr + j));
    xPtr += stride;
  }
}

/** Adds 16 times `lines` terms to 16 partials in turn. `xPtr` [lines, 16] float32, `partsPtr` [16] float32. */
export function addLinesF32(xPtr: usize, lines: u32, partsPtr: usize): void {
  let a = v128.load(partsPtr);
  let b = v128.load(partsPtr, 16);
  let c = v128.load(partsPtr, 32);
  let d = v128.load(partsPtr, 48);
  const end = xPtr + (<usize>lines << 6);
  for (; xPtr < end; xPtr += 64) {
    a = f32x4.add(a, v128.load(xPtr));
    b = f32x4.add(b, v128.load(xPtr, 16));
    c = f32x4.add(c, v128.load(xPtr, 32));
    d = f32x4.add(d, v128.load(xPtr, 48));
  }
  v128.store(partsPtr, a);
  v128.store(partsPtr, b, 16);
  v128.store(partsPtr, c, 32);
  v128.store(partsPtr, d, 48);
}

/** The sums of `cols` columns from their partials, which are used up: `partsPtr` [16, cols] float32, `outPtr` [cols] float32. */
export function combinePartsF32(partsPtr: usize, cols: u32, outPtr: usize): void {
  const stride = <usize>cols << 2;
  for (let half: usize = 8; half > 0; half >>= 1) {
    const end = partsPtr + half * stride;
    for (let ptr = partsPtr; ptr < end; ptr += 4) store<f32>(ptr, load<f32>(ptr) + load<f32>(ptr + half * stride));
  }
  memory.copy(outPtr, partsPtr, stride);
}
