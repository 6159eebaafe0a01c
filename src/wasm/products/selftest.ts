import type { ProductExports } from "../exports.ts";
import type { Arena } from "../memory.ts";

/** a * b is c + rest, where c is its float32. */
const A = 1 + 2 ** -23;
const B = 1 + 2 ** -7;
const C = A * B - 2 ** -30;
const REST = 2 ** -30;

/** Products of 5 rows and 63 columns reach each tile and each panel. */
const ROWS = 5;
const DEPTH = 6;
const COLUMNS = 63;

/**
 * Whether kernels of products round each multiply-add once. Each sum is that of -c, a * b, -c, a * b ...: what is left
 * of it is what the float32 of a * b lacks. Two roundings leave 0. It works in the regions of x, y and w.
 */
export function fusesProducts(arena: Arena, products: ProductExports): boolean {
  const { exports, x, y, w, xPtr, yPtr, wPtr } = arena;
  for (let i = 0; i < ROWS * DEPTH; i++) x[i] = i % 2 === 0 ? -C : A;
  const fill = (columns: number): void => {
    for (let k = 0; k < DEPTH; k++) w.fill(k % 2 === 0 ? 1 : B, k * columns, (k + 1) * columns);
  };
  const gives = (count: number, multiply: () => void): boolean => {
    y.fill(0, 0, count);
    multiply();
    return y.subarray(0, count).every((sum) => sum === REST);
  };
  fill(1);
  if (!gives(ROWS, () => products.timesColumnF32(xPtr, wPtr, yPtr, ROWS, DEPTH))) return false;
  fill(COLUMNS);
  const panelsPtr = wPtr + 8 * DEPTH * COLUMNS;
  exports.packPanelsF32(wPtr, panelsPtr, DEPTH, 0, DEPTH, 0, COLUMNS);
  return (
    gives(COLUMNS, () => products.matvecF32(xPtr, wPtr, yPtr, DEPTH, COLUMNS)) &&
    gives(COLUMNS, () => products.matvecPanelsF32(xPtr, panelsPtr, yPtr, DEPTH, COLUMNS)) &&
    gives(ROWS * COLUMNS, () => products.matmulBatchF32(xPtr, wPtr, yPtr, 1, ROWS, DEPTH, COLUMNS))
  );
}
