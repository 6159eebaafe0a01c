import { copyIn, copyOut } from "./copy.ts";
import type { Arena } from "./memory.ts";
import { BLOCK } from "./memory.ts";

const { floor, max, min } = Math;

/** The kernel reads up to so many elements behind the matrices. */
const SLACK = 4;

/** out[i] = x[i] @ w[i] for each of `count` pairs of small matrices, as many at a time as the regions hold. */
export function matmulBatch(
  { exports, xPtr, yPtr, wPtr, x: region, y: results, w: matrices }: Arena,
  x: Float32Array,
  w: Float32Array,
  out: Float32Array,
  count: number,
  rows: number,
): void {
  const n = x.length / count / rows;
  const m = out.length / count / rows;
  const step = min(floor(region.length / max(1, rows * n, rows * m)), floor((BLOCK - SLACK) / max(1, n * m)));
  for (let i = 0; i < count; i += step) {
    const some = min(step, count - i);
    copyIn(x, i * rows * n, some * rows * n, region);
    copyIn(w, i * n * m, some * n * m, matrices);
    exports.matmulBatchF32(xPtr, wPtr, yPtr, some, rows, n, m);
    copyOut(results, some * rows * m, out, i * rows * m);
  }
}
