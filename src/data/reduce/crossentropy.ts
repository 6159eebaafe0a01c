import { softmaxKernels } from "../../backend/index.ts";
import { config, flush, LONGEST_ROW, shapesOnly } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { emptyData } from "../arraydata.ts";
import type { DType } from "../dtype.ts";

const { fround } = Math;

/** Whether `crossEntropyData` takes logits and labels of these dtypes: float32 in rows, and integers. */
export function hasCrossEntropy(logits: ArrayData, labels: DType): boolean {
  const n = logits.shape[logits.shape.length - 1];
  return logits.dtype === "float32" && n! > 0 && n! <= LONGEST_ROW && /int/.test(labels);
}

/**
 * The cross-entropy of each row of `logits` [..., n] and its label: logsumexp(row) - row[label], with the bits of these
 * operations. A negative label counts from the end; one that is not a column gives NaN.
 */
export function crossEntropyData(logits: ArrayData, labels: ArrayData): ArrayData {
  const out = emptyData(labels.shape, "float32");
  const to = out.storage.data as Float32Array;
  const [x, y] = [logits.storage.data as Float32Array, labels.storage.data];
  if (to.length === 0) return out;
  softmaxKernels().logSumExpF32(x, to, x.length / to.length, 1, config.profile === "fma");
  const n = x.length / to.length;
  for (let row = 0; row < to.length; row++) {
    const column = columnOf(y[row]!, n);
    to[row] = column < 0 ? NaN : flush(fround(flush(to[row]!) - flush(x[row * n + column]!)));
  }
  return out;
}

/** The columns of labels of rows of `n`, int32; -1 for a label that is none. */
export function labelColumns(labels: ArrayData, n: number): Int32Array {
  const { data } = labels.storage;
  const columns = new Int32Array(shapesOnly.on ? 0 : data.length);
  for (let i = 0; i < columns.length; i++) columns[i] = columnOf(data[i]!, n);
  return columns;
}

function columnOf(label: number, n: number): number {
  const column = label < 0 ? label + n : label;
  return column >= 0 && column < n ? column : -1;
}
