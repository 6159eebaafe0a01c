import { gradientKernels, kernels } from "../../backend/index.ts";
import type { CellBackName } from "../../base/index.ts";
import { config, flush } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { emptyData, zerosData } from "../arraydata.ts";

const { fround } = Math;

/** The gradient of a step of a recurrent cell towards one of its inputs. */
export interface CellBackParameters {
  readonly op: CellBackName;
  /** Which input: the gates from the input, those from the hidden state, or the state. */
  readonly towards: 0 | 1 | 2;
  /** The cotangents of all of them, once the first was asked for. */
  readonly made: { all: CellCotangents | undefined };
}

type CellCotangents = readonly [x: ArrayData, h: ArrayData, state: ArrayData];

/** The gates that are inputs of the kernel, by their places: all are sigmoids but the third. */
const PLACES: Record<CellBackName, readonly number[]> = { lstm: [0, 1, 2], gru: [0, 1, 2], hidden: [3] };

/**
 * The cotangent of an input of a recurrent cell's step, from that of its state or, with "hidden", of an LSTM's hidden
 * state. The formulas are those of the contract's `cellBackF32`.
 *
 * @param ct [..., n]
 * @param x the gates from the input, [..., gates * n], and `h` those from the hidden state
 * @param state [..., n]
 * @returns of the input's shape; a gate that has no part in the result gets 0
 */
export function cellBackData(
  { op, towards, made }: CellBackParameters,
  ct: ArrayData,
  x: ArrayData,
  h: ArrayData,
  state: ArrayData,
): ArrayData {
  made.all ??= cotangents(op, ct, x, h, state);
  return made.all[towards];
}

function cotangents(op: CellBackName, ct: ArrayData, x: ArrayData, h: ArrayData, state: ArrayData): CellCotangents {
  const n = ct.shape.at(-1)!;
  const width = x.shape.at(-1)!;
  const fused = config.profile === "fma";
  const lists = scratchFor(floats(ct).length);
  const inputs = PLACES[op].map((place, k) => {
    const to = lists[k]!;
    // What comes from the hidden state to the third gate of a GRU is multiplied by the first.
    gateSums(floats(x), floats(h), op === "gru" && place === 2 ? lists[0] : undefined, to, place * n, n, width);
    kernels().unaryF32(place === 2 ? "tanh" : "logistic", to, to, fused);
    return to;
  });
  if (op === "gru") {
    copyGate(floats(h), lists[3]!, 2 * n, n, width);
    inputs.push(lists[3]!);
  }
  const toState = emptyData(ct.shape, "float32");
  const out = [...inputs, floats(toState)];
  if (op === "hidden") kernels().unaryF32("tanh", floats(state), floats(toState), fused);
  inputs.push(op === "hidden" ? floats(toState) : floats(state));
  gradientKernels().cellBackF32(op, floats(ct), inputs, out);
  const toX = packed(x.shape, PLACES[op], lists, n);
  const toH = op === "gru" ? packed(h.shape, PLACES[op], [lists[0]!, lists[1]!, lists[3]!], n) : toX;
  return [toX, toH, toState];
}

let scratch: readonly Float32Array[] = [];

/** Four lists of `size` numbers, kept from call to call: the steps of a sequence are of one size. */
function scratchFor(size: number): readonly Float32Array[] {
  if (scratch[0]?.length !== size) scratch = Array.from({ length: 4 }, () => new Float32Array(size));
  return scratch;
}

/** to = x + h, or x + reset * h, of the columns from `start` on of rows of `width` elements. */
function gateSums(
  x: Float32Array,
  h: Float32Array,
  reset: Float32Array | undefined,
  to: Float32Array,
  start: number,
  n: number,
  width: number,
): void {
  for (let at = 0, row = start; at < to.length; row += width)
    for (let i = row; i < row + n; i++, at++) {
      const b = flush(h[i]!);
      to[at] = flush(fround(flush(x[i]!) + (reset === undefined ? b : flush(fround(reset[at]! * b)))));
    }
}

function copyGate(from: Float32Array, to: Float32Array, start: number, n: number, width: number): void {
  for (let at = 0, row = start; at < to.length; row += width) for (let i = row; i < row + n; i++) to[at++] = from[i]!;
}

/**
 * The gates of these places side by side, 0 for the others. A -0 becomes +0, as where the columns are added up that
 * each gate was cut from.
 */
function packed(
  shape: readonly number[],
  places: readonly number[],
  gates: readonly Float32Array[],
  n: number,
): ArrayData {
  const width = shape[shape.length - 1]!;
  const out = zerosData(shape, "float32");
  const to = floats(out);
  places.forEach((place, k) => {
    const from = gates[k]!;
    for (let at = 0, row = place * n; at < from.length; row += width)
      for (let i = row; i < row + n; i++) to[i] = from[at++]! + 0;
  });
  return out;
}

function floats(x: ArrayData): Float32Array {
  return x.storage.data as Float32Array;
}
