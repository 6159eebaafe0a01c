import type { CellName } from "../../base/index.ts";
import { GATES } from "../../base/index.ts";
import type { Shape } from "../../data/index.ts";
import { cellData, sameShape } from "../../data/index.ts";
import { interpreter } from "../apply.ts";
import { NDArray, rawOf } from "../ndarray.ts";

/** What a cell's products gave: [..., gates * n], or an array [..., n] for each gate. */
export type Gates = NDArray | readonly NDArray[];

/**
 * What an LSTM cell computes after its products `x` and `h`, in one: c' = logistic(f) * c + logistic(i) * tanh(g) and
 * h' = logistic(o) * tanh(c'), where each of i, f, g, o is the sum of what x and h have of it. It gives the bits of
 * these operations in sequence.
 *
 * @param c [..., n]
 * @returns c' and h' [..., n]; undefined where the operations must compute them, because arrays are not float32, shapes
 * do not fit, or an interpreter listens
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
  if (interpreter.current !== undefined) return undefined;
  const [xs, hs] = [listOf(x), listOf(h)];
  const shape = xs[0]!.shape;
  const [last, gates] = [shape.length - 1, GATES[op] / xs.length];
  if (last < 0 || shape[last]! % gates !== 0 || xs.length !== hs.length) return undefined;
  if (![...xs, ...hs].every((gate) => isFloats(gate, shape))) return undefined;
  if (state !== undefined && !isFloats(state, shape.with(last, shape[last]! / gates))) return undefined;
  const [out, hidden] = cellData(op, xs.map(rawOf), hs.map(rawOf), state && rawOf(state));
  return [new NDArray(out), hidden && new NDArray(hidden)];
}

function listOf(gates: Gates): readonly NDArray[] {
  return gates instanceof NDArray ? [gates] : (gates as readonly NDArray[]);
}

/** Whether `x`, which a caller's own layer may have made, is a float32 array of `shape`. */
function isFloats(x: NDArray, shape: Shape): boolean {
  return x instanceof NDArray && x.dtype === "float32" && sameShape(x.shape, shape);
}
