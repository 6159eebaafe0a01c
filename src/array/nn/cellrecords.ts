import type { ArrayData } from "../../data/index.ts";
import type { Operation } from "../apply.ts";

/**
 * A step of a recurrent cell whose gates are one array. Who applies its operations says how the step is computed, so
 * that a rule that names them does not carry the kernels of cells.
 */
export interface CellParameters {
  readonly op: "lstm" | "gru";
  /** The new state and, of an LSTM, the hidden state. It computes once, from the first operation's inputs. */
  readonly step: (...inputs: CellInputs) => readonly [state: ArrayData, hidden: ArrayData | undefined];
}

/** The gates from the input and from the hidden state, [..., gates * n], and the state [..., n]. */
export type CellInputs = [x: ArrayData, h: ArrayData, state: ArrayData];

/** The new state of a recurrent cell. */
export const CELL_STATE: Operation<CellParameters, CellInputs> = {
  name: "cellState",
  forward: ({ step }, ...inputs) => step(...inputs)[0],
};

/** The hidden state of an LSTM, from its gates and its new state. */
export const CELL_HIDDEN: Operation<CellParameters, CellInputs> = {
  name: "cellHidden",
  forward: ({ step }, ...inputs) => step(...inputs)[1]!,
};
