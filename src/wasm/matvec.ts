import { ARITHMETIC } from "../base/index.ts";
import { binary } from "./binary.ts";
import { copyIn, copyOut } from "./copy.ts";
import type { Instance } from "./instance.ts";
import { VECTOR } from "./memory.ts";
import type { Arena } from "./memory.ts";
import { loadBlock, packedColumns, rowsPerBlock } from "./pack.ts";
import { SHIFT } from "./repeats.ts";

const { min } = Math;

/** out = x @ w + bias, of one row. */
export function matvec(
  instance: Instance,
  x: Float32Array,
  w: Float32Array,
  bias: Float32Array | undefined,
  out: Float32Array,
  immutable: boolean,
): void {
  const { weights } = instance;
  if (!immutable && weights.size > 0) weights.drop(w);
  const packedPtr = immutable ? weights.find(w, x.length, out.length) : 0;
  if (packedPtr !== 0 && addsInPlace(x, bias, out)) return matvecPanelsAndAdd(instance, packedPtr, x, bias, out);
  if (packedPtr !== 0) matvecPanels(instance, packedPtr, x, out);
  else matvecStreamed(instance, x, w, out);
  addBias(instance, out, bias);
}

/** Adds the bias to each row of `out`, as `binaryF32` adds. */
export function addBias(arena: Arena, out: Float32Array, bias: Float32Array | undefined): void {
  if (bias !== undefined && out.length > 0) binary(arena, "add", out, bias, out);
}

/**
 * out = x @ w with `w` [n, m] streamed through linear memory, a block of rows at a time. The accumulators carry over
 * from block to block, so that k still ascends. A row that is too long for the block is cut into columns.
 */
function matvecStreamed(arena: Arena, x: Float32Array, w: Float32Array, out: Float32Array): void {
  const { exports, xPtr, wPtr, yPtr } = arena;
  const n = x.length;
  const m = out.length;
  for (let c = 0; c < m; c += VECTOR) {
    const cols = min(VECTOR, m - c);
    arena.y.fill(0, 0, cols);
    const step = rowsPerBlock(cols);
    for (let k = 0; k < n; k += step) {
      const rows = min(step, n - k);
      copyIn(x, k, rows, arena.x);
      loadBlock(arena, w, m, k, rows, c, cols);
      exports.matvecF32(xPtr, wPtr, yPtr, rows, cols);
    }
    copyOut(arena.y, cols, out, c);
  }
}

/** out = x @ W for a W [n, m] packed at `packedPtr`. Behind it is room for an x of more than VECTOR elements. */
export function matvecPanels(arena: Arena, packedPtr: number, x: Float32Array, out: Float32Array): void {
  const { exports, yPtr } = arena;
  const n = x.length;
  const m = out.length;
  let { xPtr } = arena;
  if (n <= VECTOR) {
    copyIn(x, 0, n, arena.x);
  } else {
    xPtr = packedPtr + 4 * n * packedColumns(m);
    new Float32Array(exports.memory.buffer, xPtr, n).set(x);
  }
  for (let c = 0; c < m; c += VECTOR) {
    const cols = min(VECTOR, m - c);
    exports.matvecPanelsF32(xPtr, packedPtr + 4 * n * c, yPtr, n, cols);
    copyOut(arena.y, cols, out, c);
  }
}

/** Whether x and the result fit into their regions, and the bias has an element for each result. */
function addsInPlace(x: Float32Array, bias: Float32Array | undefined, out: Float32Array): bias is Float32Array {
  return bias !== undefined && bias.length === out.length && x.length <= VECTOR && out.length <= VECTOR;
}

/** out = x @ W + bias for a W [n, m] packed at `packedPtr`. The product stays in linear memory for the addition. */
function matvecPanelsAndAdd(
  { exports, xPtr, yPtr, wPtr, x: row, w: result }: Arena,
  packedPtr: number,
  x: Float32Array,
  bias: Float32Array,
  out: Float32Array,
): void {
  const m = out.length;
  copyIn(x, 0, x.length, row);
  exports.matvecPanelsF32(xPtr, packedPtr, yPtr, x.length, m);
  copyIn(bias, 0, m, row);
  exports.binaryF32(ARITHMETIC.add, yPtr, xPtr, wPtr + 4 * SHIFT, m, m);
  copyOut(result, m, out, 0, SHIFT);
}
