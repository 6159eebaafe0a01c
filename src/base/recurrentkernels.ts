import type { BackendName } from "./kernels.ts";
import type { CellName } from "./opcodes.ts";

/** The kernels of recurrent cells: a contract like `Kernels`, whose rules hold here too. */
export interface RecurrentKernels {
  readonly name: BackendName;

  /**
   * A step of a recurrent cell after its two products: `x` from the input, `h` from the hidden state.
   *
   * - A row of `x` or `h` holds the cell's gates one after another, n elements each. Gate p of the two has the sum
   *   s_p = x_p + h_p.
   * - lstm, gates i, f, g, o: out = logistic(s_f) * state + logistic(s_i) * tanh(s_g), and hidden = logistic(s_o) *
   *   tanh(out).
   * - gru, gates r, z, n: out = (1 - z) * m + z * state, with r = logistic(s_r), z = logistic(s_z) and
   *   m = tanh(x_n + r * h_n).
   * - simple, one gate: out = tanh(s), or tanh(s + state) where there is a `state`.
   * - Each operation is rounded, none is fused, in the order of the formulas. Functions have the bits of `unaryF32`,
   *   the others those of `binaryF32`.
   * - `x`, `h` [rows, gates * n], `state`, `out`, `hidden` [rows, n], all float32, n at least 1. `hidden` is for lstm
   *   alone. `out` and `hidden` may not overlap another argument.
   */
  cellF32(
    op: CellName,
    x: Float32Array,
    h: Float32Array,
    state: Float32Array | undefined,
    out: Float32Array,
    hidden: Float32Array | undefined,
    n: number,
    fused: boolean,
  ): void;

  /**
   * `steps` steps of a cell over one row: for each `cellF32` of its row of `x`, and of the hidden state before times
   * `w`, plus `bias`, as by `matmulF32`.
   *
   * - `w`: one [n, gates * n], or one [n, n] a gate; n at most 4,096. `immutable` as in `matvecF32`, of all of them.
   * - `bias` [gates * n]. Without one nothing is added.
   * - `hidden` [n] is the hidden state before the first step. `state` [n]: that of an LSTM, which is replaced by that
   *   after the last; of other cells it says that `cellF32` gets the hidden state before as its state.
   * - `x` [steps, gates * n], `out` [steps, n]: the hidden states. All float32, at least one step. `out` may not
   *   overlap another argument.
   */
  stepsF32(
    op: CellName,
    x: Float32Array,
    w: readonly Float32Array[],
    bias: Float32Array | undefined,
    hidden: Float32Array,
    state: Float32Array | undefined,
    out: Float32Array,
    n: number,
    immutable: boolean,
    fused: boolean,
  ): void;
}
