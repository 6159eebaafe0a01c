/** Weights of recurrent cells, their gates in the order of each library. */
import { transposed } from "./transposed.ts";

/** A cell of `width` inputs and `width` features, the gates side by side in Flax's order. */
export interface Cell {
  readonly width: number;
  readonly gates: number;
  /** [width, gates * width] each. */
  readonly input: Float32Array;
  readonly hidden: Float32Array;
  /** [gates * width]. */
  readonly bias: Float32Array;
}

/** Flax has i, f, g, o; the others in their own order. */
export const LSTM_ORDERS = { onnx: [0, 3, 1, 2], tensorflow: [0, 2, 1, 3] } as const;

/** Flax has r, z, n. */
export const GRU_ORDERS = { onnx: [1, 0, 2] } as const;

/** A matrix [width, gates * width] with its gates in another order. */
export function reordered(matrix: Float32Array, width: number, order: readonly number[]): Float32Array {
  const out = new Float32Array(matrix.length);
  const row = order.length * width;
  for (let from = 0; from < matrix.length; from += row)
    order.forEach((gate, i) =>
      out.set(matrix.subarray(from + gate * width, from + (gate + 1) * width), from + i * width),
    );
  return out;
}

/** The same as [gates * width, width], for libraries that multiply from the other side. */
export function gatesFirst(matrix: Float32Array, width: number, order: readonly number[]): Float32Array {
  return transposed(reordered(matrix, width, order), [width, order.length * width], [1, 0]);
}
