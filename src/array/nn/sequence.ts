import type { CellName } from "../../base/index.ts";
import { GATES, shapesOnly } from "../../base/index.ts";
import type { Shape, Weights } from "../../data/index.ts";
import { sameShape, sequenceData, sizeOf } from "../../data/index.ts";
import { interpreter } from "../apply.ts";
import { moveaxis } from "../manipulation/shapes.ts";
import { NDArray, rawOf } from "../ndarray.ts";
import type { Projection } from "./decodestep.ts";

/** A recurrent cell: its kind, and its weights from the input and from the hidden state. */
export interface FusedCell {
  readonly name: CellName;
  /** Of all gates in one, or one a gate. */
  readonly input: readonly Projection[];
  readonly hidden: readonly Projection[];
  /** Whether a simple cell adds its old state. */
  readonly residual?: boolean;
}

/**
 * All steps of a recurrent cell over `x`, whose axis `timeAxis` is time. It gives the bits of the cell step by step:
 * `affine` of the input and of the hidden state, then `lstmStep`, `gruStep` or `simpleStep`. The inputs are multiplied
 * many steps at a time, and no array is made for a step.
 *
 * @param carry h [..., n], or c and h of an LSTM
 * @returns the outputs [..., n] with time where `x` has it, and the last carry; undefined where the cell must be
 * called: nothing to do, arrays that are not float32, shapes that do not fit, or an interpreter that listens
 */
export function cellSequence(
  cell: FusedCell,
  x: NDArray,
  timeAxis: number,
  carry: NDArray | readonly NDArray[],
): { readonly outputs: NDArray; readonly carry: NDArray | readonly NDArray[] } | undefined {
  if (shapesOnly.on || interpreter.current !== undefined || x.dtype !== "float32" || x.size === 0) return undefined;
  const carried = carry instanceof NDArray ? [carry] : (carry as readonly NDArray[]);
  const isLstm = cell.name === "lstm";
  if (carried.length !== (isLstm ? 2 : 1) || carried.some((array) => !(array instanceof NDArray))) return undefined;
  const hidden = carried[carried.length - 1]!;
  const inputs = x.shape[x.ndim - 1]!;
  const n = hidden.shape[hidden.ndim - 1]!;
  const own = [...x.shape.slice(0, -1).toSpliced(timeAxis, 1), n];
  const fits =
    n > 0 &&
    carried.every(({ dtype, shape }) => dtype === "float32" && sameShape(shape, own)) &&
    cell.input.every((weights) => takes(weights, inputs, (GATES[cell.name] * n) / cell.input.length)) &&
    cell.hidden.every((weights) => takes(weights, n, (GATES[cell.name] * n) / cell.hidden.length));
  if (!fits) return undefined;
  const state = isLstm ? carried[0]! : cell.name === "gru" || cell.residual === true ? hidden : undefined;
  const weights = { input: cell.input.map(toWeights), hidden: cell.hidden.map(toWeights) };
  const first = { hidden: rawOf(hidden), state: state && rawOf(state) };
  const last = sequenceData(cell.name, rawOf(movedTime(x, timeAxis, 0)), weights, first);
  const next = new NDArray(last.hidden);
  return {
    outputs: movedTime(new NDArray(last.outputs), 0, timeAxis),
    carry: isLstm ? [new NDArray(last.state!), next] : next,
  };
}

/** `x` with axis `from` at place `to`; where the axes between are 1, no element moves. */
function movedTime(x: NDArray, from: number, to: number): NDArray {
  if (from === to) return x;
  const shape: Shape = x.shape.toSpliced(from, 1).toSpliced(to, 0, x.shape[from]!);
  const [low, high] = from < to ? [from + 1, to + 1] : [to, from];
  return sizeOf(x.shape.slice(low, high)) === 1 ? x.reshape(shape) : moveaxis(x, from, to);
}

/** Whether weights are float32, from `inputs` to `outputs`. */
function takes({ kernel, bias }: Projection, inputs: number, outputs: number): boolean {
  return (
    kernel.dtype === "float32" &&
    sameShape(kernel.shape, [inputs, outputs]) &&
    (bias === undefined || (bias.dtype === "float32" && sameShape(bias.shape, [outputs])))
  );
}

function toWeights({ kernel, bias }: Projection): Weights {
  return { kernel: rawOf(kernel), bias: bias && rawOf(bias) };
}
