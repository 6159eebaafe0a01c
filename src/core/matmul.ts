import { addBlocks, columnsOf, PRODUCT_BLOCK } from "../base/index.ts";
import { binaryF32 } from "./binary.ts";
import { matvecF32, SMALL } from "./matvec.ts";

const { fround } = Math;

export function matmulF32(
  x: Float32Array,
  w: Float32Array,
  bias: Float32Array | undefined,
  out: Float32Array,
  rows: number,
): void {
  if (rows === 1) matvecF32(x, w, out);
  else multiply(x, w, out, rows);
  if (bias !== undefined && out.length > 0) binaryF32("add", out, bias, out);
}

/** Four rows share each element of `w` that is read. Every output is still one sum over k ascending. */
function multiply(x: Float32Array, w: Float32Array, out: Float32Array, rows: number): void {
  const n = x.length / rows;
  const m = out.length / rows;
  if (n > PRODUCT_BLOCK) return multiplyBlocks(x, w, out, rows);
  if (rows * n * m < SMALL) {
    multiplySmall(x, w, out, rows, n, m);
    return;
  }
  const whole = rows & ~3;
  out.fill(0);
  for (let i = 0; i < whole; i += 4) {
    const y0 = i * m;
    const y1 = y0 + m;
    const y2 = y1 + m;
    const y3 = y2 + m;
    for (let k = 0; k < n; k++) {
      const x0 = x[i * n + k]!;
      const x1 = x[(i + 1) * n + k]!;
      const x2 = x[(i + 2) * n + k]!;
      const x3 = x[(i + 3) * n + k]!;
      for (let j = 0; j < m; j++) {
        const wkj = w[k * m + j]!;
        out[y0 + j] = fround(out[y0 + j]! + fround(x0 * wkj));
        out[y1 + j] = fround(out[y1 + j]! + fround(x1 * wkj));
        out[y2 + j] = fround(out[y2 + j]! + fround(x2 * wkj));
        out[y3 + j] = fround(out[y3 + j]! + fround(x3 * wkj));
      }
    }
  }
  for (let i = whole; i < rows; i++) matvecF32(x.subarray(i * n, (i + 1) * n), w, out.subarray(i * m, (i + 1) * m));
}

/** Like `multiply`, one output after the other. */
function multiplySmall(x: Float32Array, w: Float32Array, out: Float32Array, rows: number, n: number, m: number): void {
  for (let i = 0, to = 0, from = 0; i < rows; i++, from += n) {
    for (let j = 0; j < m; j++, to++) {
      let sum = 0;
      for (let k = 0, at = j; k < n; k++, at += m) sum = fround(sum + fround(x[from + k]! * w[at]!));
      out[to] = sum;
    }
  }
}

/** Like `multiply`, of several blocks. */
function multiplyBlocks(x: Float32Array, w: Float32Array, out: Float32Array, rows: number): void {
  const m = out.length / rows;
  addBlocks(x.length / rows, out, (from, count, part) =>
    multiply(columnsOf(x, rows, from, count), w.subarray(from * m, (from + count) * m), part, rows),
  );
}
