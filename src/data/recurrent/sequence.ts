import { kernels, recurrentKernels } from "../../backend/index.ts";
import type { CellName } from "../../base/index.ts";
import { config, GATES, PRODUCT_BLOCK } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { arrayData, isImmutable, emptyData } from "../arraydata.ts";
import { sizeOf } from "../shape.ts";
import { interleave } from "./cell.ts";

const { floor, max, min } = Math;

/** The weights of a product: kernel [inputs, outputs], and bias [outputs]. */
export interface Weights {
  readonly kernel: ArrayData;
  readonly bias: ArrayData | undefined;
}

/** A cell's weights from its input and from its hidden state: of all gates in one, or one a gate. */
export interface CellWeights {
  readonly input: readonly Weights[];
  readonly hidden: readonly Weights[];
}

/** What a step hands on, [...batch, n]: the hidden state, and what `cellF32` calls the state. */
export interface CellState {
  readonly hidden: ArrayData;
  readonly state: ArrayData | undefined;
}

/** The inputs of so many steps are multiplied in one product that it has this many elements, 1 MiB. */
const PRODUCT = 2 ** 18;

/**
 * All steps of a cell over `x` [steps, ...batch, inputs]: the outputs [steps, ...batch, n], and the last step's state.
 * Arrays are float32 and fit; nothing is empty. Each step has the bits of `affineData` twice, and `cellData`.
 */
export function sequenceData(
  op: CellName,
  x: ArrayData,
  { input, hidden: recurrent }: CellWeights,
  first: CellState,
): CellState & { readonly outputs: ArrayData } {
  const { shape } = first.hidden;
  const [steps, size] = [x.shape[0]!, sizeOf(shape)];
  const n = shape[shape.length - 1]!;
  const rows = size / n;
  if (rows === 1 && n <= PRODUCT_BLOCK) return oneRow(op, x, input, recurrent, first);
  const width = GATES[op] * size;
  const inputs = floats(x).length / steps;
  const fused = config.profile === "fma";
  const outputs = emptyData([steps, ...shape], "float32");
  const perProduct = min(steps, max(1, floor(PRODUCT / width)));
  const fromInputs = new Float32Array(perProduct * width);
  const fromHidden = new Float32Array(width);
  const cells = op === "lstm" ? [new Float32Array(size), new Float32Array(size)] : undefined;
  let [hidden, state] = [floats(first.hidden), first.state && floats(first.state)];
  for (let t = 0; t < steps; t++) {
    const place = t % perProduct;
    if (place === 0) {
      const count = min(perProduct, steps - t);
      multiply(part(floats(x), t, inputs, count), input, part(fromInputs, 0, width, count), count * rows);
    }
    multiply(hidden, recurrent, fromHidden, rows);
    const output = part(floats(outputs), t, size);
    const next = cells === undefined ? output : cells[t % 2]!;
    const other = cells && output;
    recurrentKernels().cellF32(op, part(fromInputs, place, width), fromHidden, state, next, other, n, fused);
    hidden = output;
    if (state !== undefined) state = next;
  }
  return {
    outputs,
    hidden: arrayData(shape, "float32", hidden.slice()),
    state: state && arrayData(shape, "float32", cells === undefined ? state.slice() : state),
  };
}

/** The same of one row, whose steps stay where their kernel works. */
function oneRow(
  op: CellName,
  x: ArrayData,
  input: readonly Weights[],
  recurrent: readonly Weights[],
  first: CellState,
): CellState & { readonly outputs: ArrayData } {
  const { shape } = first.hidden;
  const [steps, n] = [x.shape[0]!, shape[shape.length - 1]!];
  const width = GATES[op] * n;
  const inputs = floats(x).length / steps;
  const outputs = emptyData([steps, ...shape], "float32");
  const perProduct = min(steps, max(1, floor(PRODUCT / width)));
  const fromInputs = new Float32Array(perProduct * width);
  const kernel = recurrent.map((each) => floats(each.kernel));
  const kept = recurrent.every((each) => isImmutable(each.kernel.storage));
  const bias = allBiases(recurrent, width);
  const fused = config.profile === "fma";
  let hidden = floats(first.hidden);
  const state = op === "lstm" ? floats(first.state!).slice() : first.state && hidden;
  for (let t = 0; t < steps; t += perProduct) {
    const count = min(perProduct, steps - t);
    const [sums, out] = [part(fromInputs, 0, width, count), part(floats(outputs), t, n, count)];
    multiply(part(floats(x), t, inputs, count), input, sums, count);
    recurrentKernels().stepsF32(op, sums, kernel, bias, hidden, state, out, n, kept, fused);
    hidden = part(out, count - 1, n);
  }
  const last = hidden.slice();
  return {
    outputs,
    hidden: arrayData(shape, "float32", last),
    state: state && arrayData(shape, "float32", op === "lstm" ? state : last.slice()),
  };
}

/** The biases of all gates one after another; -0, which changes no sum, where there is none. */
function allBiases(weights: readonly Weights[], width: number): Float32Array | undefined {
  if (weights.every(({ bias }) => bias === undefined)) return undefined;
  const all = new Float32Array(width).fill(-0);
  weights.forEach(({ bias }, i) => bias && all.set(floats(bias), (i * width) / weights.length));
  return all;
}

/** `count` parts of `size` elements each, from part `i` on. */
function part(x: Float32Array, i: number, size: number, count = 1): Float32Array {
  return x.subarray(i * size, (i + count) * size);
}

/** out = x @ kernel + bias of each of `rows` rows, the gates one after another. */
function multiply(x: Float32Array, weights: readonly Weights[], out: Float32Array, rows: number): void {
  const [first] = weights as readonly [Weights];
  if (weights.length === 1) return affineRows(x, first, out, rows);
  const gate = new Float32Array(out.length / weights.length);
  weights.forEach((each, place) => {
    affineRows(x, each, gate, rows);
    interleave(gate, out, place, weights.length, gate.length / rows);
  });
}

function affineRows(x: Float32Array, { kernel: { storage }, bias }: Weights, out: Float32Array, rows: number): void {
  kernels().matmulF32(x, storage.data as Float32Array, bias && floats(bias), out, rows, isImmutable(storage));
}

function floats(x: ArrayData): Float32Array {
  return x.storage.data as Float32Array;
}
