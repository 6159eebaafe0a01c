import type { CellName } from "../../base/index.ts";
import { ARITHMETIC, CELL, GATES } from "../../base/index.ts";
import type { Instance } from "../instance.ts";
import { matvec } from "../matvec.ts";
import { cell } from "./cell.ts";
import type { RecurrentExports } from "./exports.ts";
import { FusedCell, listElements } from "./fusedcell.ts";

const FLOAT = 4;
/** Kernels reach so many elements behind what they are given. */
const SLACK = 16;

const { max, min, floor } = Math;

/** Rows of gates that are in linear memory at a time fill about so many elements, 1 MiB. */
const BLOCK_ELEMENTS = 2 ** 18;

export function steps(
  instance: Instance,
  exports: RecurrentExports,
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
): void {
  const gates = GATES[op] * n;
  const { weights } = instance;
  const packed = w.map((kernel) => (immutable ? weights.find(kernel, n, gates / w.length) : 0));
  const many = min(out.length / n, max(1, floor(BLOCK_ELEMENTS / gates)));
  // Each is followed by what kernels reach behind it.
  const sizes = [w.length, gates, gates, n, n, many * gates, many * n, listElements(n)];
  const bytes = FLOAT * sizes.reduce((sum, size) => sum + size + SLACK, 0);
  const ptr = packed.includes(0) ? 0 : instance.allocate(bytes);
  if (ptr === 0) return stepByStep(instance, exports, op, x, w, bias, hidden, state, out, n, immutable, fused);
  try {
    let next = ptr;
    const [packedPtr, sumsPtr, biasPtr, hiddenPtr, statePtr, xPtr, outPtr, listsPtr] = sizes.map((size) => {
      const own = next;
      next += FLOAT * (size + SLACK);
      return own;
    }) as [number, number, number, number, number, number, number, number];
    const byFused = fused ? FusedCell.of(instance, op, 1, n, listsPtr, out.length / n) : undefined;
    const { floats } = instance;
    new Uint32Array(floats.buffer, packedPtr, w.length).set(packed);
    if (bias !== undefined) floats.set(bias, biasPtr / FLOAT);
    if (state !== undefined) floats.set(state, statePtr / FLOAT);
    for (let t = 0, before = hidden; t * n < out.length; t += many) {
      const count = min(many, out.length / n - t);
      const results = out.subarray(t * n, (t + count) * n);
      floats.set(before, hiddenPtr / FLOAT);
      floats.set(x.subarray(t * gates, (t + count) * gates), xPtr / FLOAT);
      const [biases, states] = [bias === undefined ? 0 : biasPtr, state === undefined ? 0 : statePtr];
      if (byFused !== undefined)
        fusedSteps(instance, byFused, op, xPtr, packed, biases, hiddenPtr, states, outPtr, sumsPtr, count, n);
      else
        exports.stepsF32(
          CELL[op],
          xPtr,
          packedPtr,
          biases,
          hiddenPtr,
          states,
          outPtr,
          sumsPtr,
          count,
          w.length,
          n,
          fused,
        );
      results.set(floats.subarray(outPtr / FLOAT, outPtr / FLOAT + count * n));
      before = results.subarray((count - 1) * n);
    }
    if (op === "lstm") state!.set(floats.subarray(statePtr / FLOAT, statePtr / FLOAT + n));
  } finally {
    instance.release(ptr, bytes);
  }
}

/** Like the kernel `stepsF32`, with the elementary functions of the fused module. */
function fusedSteps(
  { exports }: Instance,
  cell: FusedCell,
  op: CellName,
  xPtr: number,
  packed: readonly number[],
  biasPtr: number,
  hiddenPtr: number,
  statePtr: number,
  outPtr: number,
  sumsPtr: number,
  steps: number,
  n: number,
): void {
  const gates = GATES[op] * n;
  const width = gates / packed.length;
  const padded = (gates + 3) & ~3;
  for (let t = 0; t < steps; t++) {
    for (let p = 0; p < packed.length; p++)
      exports.matvecPanelsF32(hiddenPtr, packed[p]!, sumsPtr + FLOAT * p * width, n, width);
    if (biasPtr !== 0) exports.binaryF32(ARITHMETIC.add, sumsPtr, biasPtr, sumsPtr, padded, padded);
    if (op === "lstm") cell.step(xPtr, sumsPtr, statePtr, statePtr, outPtr);
    else cell.step(xPtr, sumsPtr, statePtr === 0 ? 0 : hiddenPtr, outPtr, 0);
    hiddenPtr = outPtr;
    outPtr += FLOAT * n;
    xPtr += FLOAT * gates;
  }
}

/** The same with weights that are not in linear memory. */
function stepByStep(
  instance: Instance,
  exports: RecurrentExports,
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
): void {
  const gates = GATES[op] * n;
  const width = gates / w.length;
  const sums = new Float32Array(gates);
  const parts = w.map((_, i) => sums.subarray(i * width, (i + 1) * width));
  for (let t = 0; t * n < out.length; t++) {
    const [row, next] = [x.subarray(t * gates, (t + 1) * gates), out.subarray(t * n, (t + 1) * n)];
    w.forEach((kernel, i) =>
      matvec(instance, hidden, kernel, bias?.subarray(i * width, (i + 1) * width), parts[i]!, immutable),
    );
    if (op === "lstm") cell(instance, exports, op, row, sums, state, state!, next, n, fused);
    else cell(instance, exports, op, row, sums, state && hidden, next, undefined, n, fused);
    hidden = next;
  }
}
