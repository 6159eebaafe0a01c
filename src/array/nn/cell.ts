import type { CellName } from "../../base/index.ts";
import { GATES } from "../../base/index.ts";
import type { Shape } from "../../data/index.ts";
import { cellData, DATA, sameShape } from "../../data/index.ts";
import { interpreter } from "../apply.ts";
import { apply, NDArray, rawOf } from "../ndarray.ts";
import type { CellParameters } from "./cellrecords.ts";
import { CELL_HIDDEN, CELL_STATE } from "./cellrecords.ts";

/** What a cell's products gave: [..., gates * n], or an array [..., n] for each gate. */
export type Gates = NDArray | readonly NDArray[];

/**
 * What an LSTM cell computes after its products `x` and `h`, in one: c' = logistic(f) * c + logistic(i) * tanh(g) and
 * h' = logistic(o) * tanh(c'), where each of i, f, g, o is the sum of what x and h have of it. It gives the bits of
 * these operations in sequence.
 *
 * @param c [..., n]
 * @returns c' and h' [..., n]; undefined where the operations must compute them, because arrays are not float32,
 * shapes do not fit, or an interpreter listens and there is an array for each gate
 */
export function lstmStep(x: Gates, h: Gates, c: NDArray): readonly [c: NDArray, h: NDArray] | undefined {
  return cellStep("lstm", x, h, c) as readonly [NDArray, NDArray] | undefined;
}

/** Like `lstmStep`: h' = (1 - z) * tanh(x_n + r * h_n) + z * state, with the gates r, z, n in this order. */
export function gruStep(x: NDArray, h: NDArray, state: NDArray): NDArray | undefined {
  return cellStep("gru", x, h, state)?.[0];
}

/** Like `lstmStep`: h' = tanh(x + h), or tanh((x + h) + state). */
export function simpleStep(x: NDArray, h: NDArray, state?: NDArray): NDArray | undefined {
  return cellStep("simple", x, h, state)?.[0];
}

/** The new state and, of an LSTM, the hidden state. */
function cellStep(
  op: CellName,
  x: Gates,
  h: Gates,
  state: NDArray | undefined,
): readonly (NDArray | undefined)[] | undefined {
  const isHeard = interpreter.current !== undefined;
  const isOne = x instanceof NDArray && h instanceof NDArray;
  // The formula of a simple cell is two operations, and an array a gate gains nothing (Node 20, 2026-12).
  if (isHeard && (op === "simple" || !isOne)) return undefined;
  const [xs, hs] = [listOf(x), listOf(h)];
  const shape = xs[0]!.shape;
  const [last, gates] = [shape.length - 1, GATES[op] / xs.length];
  if (last < 0 || shape[last]! % gates !== 0 || xs.length !== hs.length) return undefined;
  if (![...xs, ...hs].every((gate) => isFloats(gate, shape))) return undefined;
  if (state !== undefined && !isFloats(state, shape.with(last, shape[last]! / gates))) return undefined;
  if (isHeard && op !== "simple") return recorded(op, xs[0]!, hs[0]!, state!);
  const [out, hidden] = cellData(op, xs.map(rawOf), hs.map(rawOf), state && rawOf(state));
  return [new NDArray(out), hidden && new NDArray(hidden)];
}

/** The same for an interpreter, as operations. */
function recorded(op: CellParameters["op"], x: NDArray, h: NDArray, state: NDArray): readonly NDArray[] {
  let made: ReturnType<typeof cellData> | undefined;
  const step: CellParameters["step"] = (a, b, before) => (made ??= cellData(op, [a], [b], before));
  const parameters = { op, step };
  const next = apply(CELL_STATE, parameters, x[DATA], h[DATA], state[DATA]);
  return op === "lstm" ? [next, apply(CELL_HIDDEN, parameters, x[DATA], h[DATA], next[DATA])] : [next];
}

function listOf(gates: Gates): readonly NDArray[] {
  return gates instanceof NDArray ? [gates] : (gates as readonly NDArray[]);
}

/** Whether `x`, which a caller's own layer may have made, is a float32 array of `shape`. */
function isFloats(x: NDArray, shape: Shape): boolean {
  return x instanceof NDArray && x.dtype === "float32" && sameShape(x.shape, shape);
}
