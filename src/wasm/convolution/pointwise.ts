import type { Epilogue, Windows } from "../../base/index.ts";
import type { Instance } from "../instance.ts";
import { holdsRows, matmulPanels } from "../matmul.ts";
import { VECTOR } from "../memory.ts";
import type { Arena } from "../memory.ts";
import { loadEpilogue } from "./epilogue.ts";
import type { ConvolutionExports } from "./exports.ts";

/**
 * Whether every place sees one run of the array, its own, and all outputs see all of it: then the array is the matrix.
 */
export function isProduct({ lines, places, step, runs, run, padding }: Windows, groups = 1): boolean {
  if (groups !== 1 || padding !== undefined || runs.length !== 1 || runs[0] !== 0 || step !== run) return false;
  for (let line = 0; line < lines.length; line++) if (lines[line] !== line * places * run) return false;
  return true;
}

/** Whether a convolution of weights [n, m] is a product whose rows the regions hold, which are then allocated. */
export function holdsProduct(arena: Arena, windows: Windows, n: number, m: number, groups: number): boolean {
  return isProduct(windows, groups) && holdsRows(n, m) && 3 * (m + 4) <= VECTOR && arena.openBatch();
}

/**
 * Such a convolution. What is behind the last place's run is not part of the matrix. The epilogue is done while the
 * results of some rows are in linear memory.
 */
export function multiplyPoints(
  instance: Instance,
  exports: ConvolutionExports,
  packedPtr: number,
  x: Float32Array,
  bias: Float32Array | undefined,
  out: Float32Array,
  n: number,
  m: number,
  epilogue: Epilogue | undefined,
): void {
  const rows = out.length / m;
  // Products of several rows leave the region of x alone.
  const finish = epilogue && loadEpilogue(instance, epilogue, m, instance.xPtr);
  matmulPanels(
    instance,
    packedPtr,
    x.subarray(0, rows * n),
    bias,
    out,
    rows,
    finish && ((yPtr, count, stride) => finish(exports, yPtr, count, stride)),
  );
}
