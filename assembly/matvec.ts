/**
 * y = x @ W in float32. Every product and every sum is rounded; one accumulator an output, k ascending. Vector lanes
 * run over outputs, so that no width or blocking changes a bit.
 */

/**
 * y[j] += the sum over k ascending of x[k] * w[k, j], continuing from the y that is there. Four rows of eight outputs a
 * step.
 *
 * `xPtr` [n], `wPtr` [n, m] row-major, `yPtr` [m], all float32.
 */
export function matvecF32(xPtr: usize, wPtr: usize, yPtr: usize, n: u32, m: u32): void {
  const stride = (<usize>m) << 2;
  const wide = stride & ~31;
  const four = stride & ~15;
  const lastFour = n & ~3;
  let k: u32 = 0;
  for (; k < lastFour; k += 4) {
    const x0 = v128.load32_splat(xPtr, 0);
    const x1 = v128.load32_splat(xPtr, 4);
    const x2 = v128.load32_splat(xPtr, 8);
    const x3 = v128.load32_splat(xPtr, 12);
    const row1 = wPtr + stride;
    const row2 = row1 + stride;
    const row3 = row2 + stride;
    let j: usize = 0;
    for (; j < wide; j += 32) {
      let y0 = v128.load(yPtr + j);
      let y1 = v128.load(yPtr + j, 16);
      y0 = f32x4.add(f32x4.mul(x0, v128.load(wPtr + j)), y0);
      y1 = f32x4.add(f32x4.mul(x0, v128.load(wPtr + j, 16)), y1);
      y0 = f32x4.add(f32x4.mul(x1, v128.load(row1 + j)), y0);
      y1 = f32x4.add(f32x4.mul(x1, v128.load(row1 + j, 16)), y1);
      y0 = f32x4.add(f32x4.mul(x2, v128.load(row2 + j)), y0);
      y1 = f32x4.add(f32x4.mul(x2, v128.load(row2 + j, 16)), y1);
      y0 = f32x4.add(f32x4.mul(x3, v128.load(row3 + j)), y0);
      y1 = f32x4.add(f32x4.mul(x3, v128.load(row3 + j, 16)), y1);
      v128.store(yPtr + j, y0);
      v128.store(yPtr + j, y1, 16);
    }
    for (; j < four; j += 16) {
      let y0 = v128.load(yPtr + j);
      y0 = f32x4.add(f32x4.mul(x0, v128.load(wPtr + j)), y0);
      y0 = f32x4.add(f32x4.mul(x1, v128.load(row1 + j)), y0);
      y0 = f32x4.add(f32x4.mul(x2, v128.load(row2 + j)), y0);
      y0 = f32x4.add(f32x4.mul(x3, v128.load(row3 + j)), y0);
      v128.store(yPtr + j, y0);
    }
    for (; j < stride; j += 4) {
      let y0 = v128.load32_zero(yPtr + j);
      y0 = f32x4.add(f32x4.mul(x0, v128.load32_zero(wPtr + j)), y0);
      y0 = f32x4.add(f32x4.mul(x1, v128.load32_zero(row1 + j)), y0);
      y0 = f32x4.add(f32x4.mul(x2, v128.load32_zero(row2 + j)), y0);
      y0 = f32x4.add(f32x4.mul(x3, v128.load32_zero(row3 + j)), y0);
      v128.store32_lane(yPtr + j, y0, 0);
    }
    wPtr = row3 + stride;
    xPtr += 16;
  }
  for (; k < n; k++) {
    const x0 = v128.load32_splat(xPtr);
    let j: usize = 0;
    for (; j < four; j += 16) {
      v128.store(yPtr + j, f32x4.add(f32x4.mul(x0, v128.load(wPtr + j)), v128.load(yPtr + j)));
    }
    for (; j < stride; j += 4) {
      const product = f32x4.mul(x0, v128.load32_zero(wPtr + j));
      v128.store32_lane(yPtr + j, f32x4.add(product, v128.load32_zero(yPtr + j)), 0);
    }
    wPtr += stride;
    xPtr += 4;
  }
}

/**
 * Copies rows of a row-major matrix into column panels.
 *
 * The packed form of W [n, m]: panels of 16 columns, then as needed one of 8, one of 4 and one of 4 whose missing
 * columns are zeros. A panel of width p is [n, p] row-major; the panel that starts at column c starts n * c elements
 * in. A row of 16 is a cache line.
 *
 * `srcPtr` [rows, cols] row-major holds rows k0 .. k0 + rows - 1, columns c0 .. c0 + cols - 1 of W. c0 is a multiple of
 * 16, and so is cols unless these are the last columns. `dstPtr` is where W [n, ...] is packed.
 */
export function packPanelsF32(srcPtr: usize, dstPtr: usize, n: u32, k0: u32, rows: u32, c0: u32, cols: u32): void {
  for (let row: u32 = 0; row < rows; row++) {
    let c: u32 = 0;
    while (c < cols) {
      const left = cols - c;
      const width = panelWidth(left);
      let to = dstPtr + ((<usize>n * (c0 + c) + <usize>width * (k0 + row)) << 2);
      if (width == 16) {
        v128.store(to, v128.load(srcPtr));
        v128.store(to, v128.load(srcPtr, 16), 16);
        v128.store(to, v128.load(srcPtr, 32), 32);
        v128.store(to, v128.load(srcPtr, 48), 48);
        srcPtr += 64;
      } else if (left < 4) {
        for (let i: u32 = 0; i < 4; i++) store<f32>(to + (i << 2), i < left ? load<f32>(srcPtr + (i << 2)) : 0);
        srcPtr += (<usize>left) << 2;
      } else {
        for (let i: u32 = 0; i < width; i += 4) {
          v128.store(to, v128.load(srcPtr));
          to += 16;
          srcPtr += 16;
        }
      }
      c += width;
    }
  }
}

/** The width of the next panel when `left` columns remain. */
// @ts-ignore: decorator
@inline
export function panelWidth(left: u32): u32 {
  return left >= 16 ? 16 : left >= 8 ? 8 : 4;
}

/** Like `panelWidth`, but 32 for two panels that one row takes at once. */
// @ts-ignore: decorator
@inline
export function panelsWidth(left: u32): u32 {
  return left >= 32 ? 32 : panelWidth(left);
}

/**
 * y[j] = the sum over k ascending from 0 of x[k] * w[k, j], started at +0, over a W [n, m] packed by `packPanelsF32`.
 *
 * `xPtr` [n], `yPtr` [m] with room up to a multiple of 4, all float32.
 */
export function matvecPanelsF32(xPtr: usize, packedPtr: usize, yPtr: usize, n: u32, m: u32): void {
  const row: usize = (<usize>n) << 2;
  const end = xPtr + row;
  for (let y = yPtr; y < yPtr + ((<usize>m) << 2); y += 16) v128.store(y, i32x4.splat(0));
  // Panels of 16 in pairs, one of the first half and one of the second: two streams, each sequential.
  const half = m >> 5;
  const panel = row << 4;
  const apart = panel * half;
  for (let pair: u32 = 0; pair < half; pair++) {
    pair16(xPtr, end, packedPtr, packedPtr + apart, yPtr, yPtr + ((<usize>half) << 6));
    packedPtr += panel;
    yPtr += 64;
  }
  packedPtr += apart;
  yPtr += (<usize>half) << 6;
  let c = half << 5;
  while (c < m) {
    const width = panelWidth(m - c);
    panelTimes(width, xPtr, end, packedPtr, yPtr);
    packedPtr += row * width;
    yPtr += (<usize>width) << 2;
    c += width;
  }
}

/** y [width] += x @ the two consecutive panels, or the one, [n, width] at `panel`; x from `x` to `end`. */
// @ts-ignore: decorator
@inline
export function panelsTimes(width: u32, x: usize, end: usize, panel: usize, yPtr: usize): void {
  if (width == 32) pair16(x, end, panel, panel + ((end - x) << 4), yPtr, yPtr + 64);
  else panelTimes(width, x, end, panel, yPtr);
}

// @ts-ignore: decorator
@inline
function panelTimes(width: u32, x: usize, end: usize, panel: usize, yPtr: usize): void {
  if (width == 16) panel16(x, end, panel, yPtr);
  else if (width == 8) panel8(x, end, panel, yPtr);
  else panel4(x, end, panel, yPtr);
}

/**
 * Two panels: y [16] += x @ first [n, 16], z [16] += x @ second [n, 16], x from `x` to `end`.
 *
 * Two streams, because main memory delivers 36 to 42 GB/s in two that continue from call to call, and 30 to 35 in one.
 * From the second-level cache it is 100 either way. Eight accumulators and two rows a step: with one row a step V8
 * spills them. It also does when a second use of all eight follows the loop, and so an odd last row goes through
 * memory: 40 GB/s with spills (Node 20, x86-64, 2026-11).
 */
function pair16(x: usize, end: usize, first: usize, second: usize, yPtr: usize, zPtr: usize): void {
  let y0 = v128.load(yPtr, 0);
  let y1 = v128.load(yPtr, 16);
  let y2 = v128.load(yPtr, 32);
  let y3 = v128.load(yPtr, 48);
  let z0 = v128.load(zPtr, 0);
  let z1 = v128.load(zPtr, 16);
  let z2 = v128.load(zPtr, 32);
  let z3 = v128.load(zPtr, 48);
  const last = end - 4;
  for (; x < last; x += 8) {
    let xk = v128.load32_splat(x);
    y0 = f32x4.add(f32x4.mul(xk, v128.load(first, 0)), y0);
    y1 = f32x4.add(f32x4.mul(xk, v128.load(first, 16)), y1);
    y2 = f32x4.add(f32x4.mul(xk, v128.load(first, 32)), y2);
    y3 = f32x4.add(f32x4.mul(xk, v128.load(first, 48)), y3);
    z0 = f32x4.add(f32x4.mul(xk, v128.load(second, 0)), z0);
    z1 = f32x4.add(f32x4.mul(xk, v128.load(second, 16)), z1);
    z2 = f32x4.add(f32x4.mul(xk, v128.load(second, 32)), z2);
    z3 = f32x4.add(f32x4.mul(xk, v128.load(second, 48)), z3);
    xk = v128.load32_splat(x, 4);
    y0 = f32x4.add(f32x4.mul(xk, v128.load(first, 64)), y0);
    y1 = f32x4.add(f32x4.mul(xk, v128.load(first, 80)), y1);
    y2 = f32x4.add(f32x4.mul(xk, v128.load(first, 96)), y2);
    y3 = f32x4.add(f32x4.mul(xk, v128.load(first, 112)), y3);
    z0 = f32x4.add(f32x4.mul(xk, v128.load(second, 64)), z0);
    z1 = f32x4.add(f32x4.mul(xk, v128.load(second, 80)), z1);
    z2 = f32x4.add(f32x4.mul(xk, v128.load(second, 96)), z2);
    z3 = f32x4.add(f32x4.mul(xk, v128.load(second, 112)), z3);
    first += 128;
    second += 128;
  }
  v128.store(yPtr, y0, 0);
  v128.store(yPtr, y1, 16);
  v128.store(yPtr, y2, 32);
  v128.store(yPtr, y3, 48);
  v128.store(zPtr, z0, 0);
  v128.store(zPtr, z1, 16);
  v128.store(zPtr, z2, 32);
  v128.store(zPtr, z3, 48);
  if (x < end) {
    const xk = v128.load32_splat(x);
    for (let i: usize = 0; i < 64; i += 16) {
      v128.store(yPtr + i, f32x4.add(f32x4.mul(xk, v128.load(first + i)), v128.load(yPtr + i)));
      v128.store(zPtr + i, f32x4.add(f32x4.mul(xk, v128.load(second + i)), v128.load(zPtr + i)));
    }
  }
}

/** One panel: y [16] += x @ panel [n, 16], x from `x` to `end`. */
function panel16(x: usize, end: usize, panel: usize, yPtr: usize): void {
  let y0 = v128.load(yPtr, 0);
  let y1 = v128.load(yPtr, 16);
  let y2 = v128.load(yPtr, 32);
  let y3 = v128.load(yPtr, 48);
  for (; x < end; x += 4) {
    const xk = v128.load32_splat(x);
    y0 = f32x4.add(f32x4.mul(xk, v128.load(panel, 0)), y0);
    y1 = f32x4.add(f32x4.mul(xk, v128.load(panel, 16)), y1);
    y2 = f32x4.add(f32x4.mul(xk, v128.load(panel, 32)), y2);
    y3 = f32x4.add(f32x4.mul(xk, v128.load(panel, 48)), y3);
    panel += 64;
  }
  v128.store(yPtr, y0, 0);
  v128.store(yPtr, y1, 16);
  v128.store(yPtr, y2, 32);
  v128.store(yPtr, y3, 48);
}

/** Like `panel16`, for a panel [n, 8]. */
function panel8(x: usize, end: usize, panel: usize, yPtr: usize): void {
  let y0 = v128.load(yPtr, 0);
  let y1 = v128.load(yPtr, 16);
  for (; x < end; x += 4) {
    const xk = v128.load32_splat(x);
    y0 = f32x4.add(f32x4.mul(xk, v128.load(panel, 0)), y0);
    y1 = f32x4.add(f32x4.mul(xk, v128.load(panel, 16)), y1);
    panel += 32;
  }
  v128.store(yPtr, y0, 0);
  v128.store(yPtr, y1, 16);
}

/** Like `panel16`, for a panel [n, 4]. */
function panel4(x: usize, end: usize, panel: usize, yPtr: usize): void {
  let y0 = v128.load(yPtr);
  for (; x < end; x += 4) {
    y0 = f32x4.add(f32x4.mul(v128.load32_splat(x), v128.load(panel)), y0);
    panel += 16;
  }
  v128.store(yPtr, y0);
}
