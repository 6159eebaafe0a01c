import { describe, expect, it } from "vitest";
import type { CellName } from "../../../src/base/index.ts";
import { GATES } from "../../../src/base/index.ts";
import { firstDifference } from "../../bits.ts";
import { AT_ONCE, BACKENDS, EMULATED, floats, wasmKernels } from "../backends.ts";
import type { EveryKernel } from "../families.ts";
import { withFamilies } from "../families.ts";

const [core] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];
const CELLS = ["lstm", "gru", "simple"] as const satisfies readonly CellName[];

/** Steps and widths at which a lane, a panel, a pass of 256 or a block of rows may begin or end. */
const SHAPES: readonly (readonly [steps: number, n: number])[] = [
  ...Array.from({ length: 35 }, (_, i) => [3, i + 1] as const),
  [1, 1],
  [7, 64],
  [2, 255],
  [2, 257],
  [20_000, 3],
];

interface Sequence {
  readonly x: Float32Array;
  readonly w: readonly Float32Array[];
  readonly bias: Float32Array | undefined;
  readonly hidden: Float32Array;
  readonly state: Float32Array | undefined;
}

/** `products` matrices; with `edges` every third element of a bias and of states is an edge of arithmetic. */
function sequenceOf(op: CellName, steps: number, n: number, products: number, bare: boolean, edges: boolean): Sequence {
  const gates = GATES[op] * n;
  return {
    x: floats(steps * gates, 1),
    w: Array.from({ length: products }, (_, i) => floats((n * gates) / products, i + 2).map((w) => w / n)),
    bias: bare ? undefined : floats(gates, 3, edges),
    hidden: floats(n, 4, edges),
    state: bare && op === "simple" ? undefined : floats(n, 5, edges),
  };
}

/** The hidden states, and behind them an LSTM's last state. */
function run(kernels: EveryKernel, op: CellName, sequence: Sequence, n: number, immutable: boolean): Float32Array {
  const { x, w, bias, hidden, state } = sequence;
  const out = new Float32Array(x.length / GATES[op]).fill(7);
  const last = state?.slice();
  kernels.stepsF32(op, x, w, bias, hidden, last, out, n, immutable, true);
  return op === "lstm" ? Float32Array.of(...out, ...last!) : out;
}

/** The same by the kernels of single steps. */
function stepByStep(op: CellName, { x, w, bias, hidden, state }: Sequence, n: number): Float32Array {
  const gates = GATES[op] * n;
  const sums = new Float32Array(gates);
  const all: number[] = [];
  let [before, kept] = [hidden, state];
  for (let t = 0; t * gates < x.length; t++) {
    const width = gates / w.length;
    w.forEach((kernel, i) => {
      const own = bias?.subarray(i * width, (i + 1) * width);
      core.matmulF32(before, kernel, own, sums.subarray(i * width, (i + 1) * width), 1, false);
    });
    const [next, output] = [new Float32Array(n), new Float32Array(n)];
    const row = x.subarray(t * gates, (t + 1) * gates);
    if (op === "lstm") core.cellF32(op, row, sums, kept, next, output, n, true);
    else core.cellF32(op, row, sums, kept && before, next, undefined, n, true);
    before = op === "lstm" ? output : next;
    kept = kept && next;
    all.push(...before);
  }
  return Float32Array.of(...all, ...(op === "lstm" ? kept! : []));
}

const EVERY = [
  { which: "the core", kernels: core },
  { which: "WebAssembly, emulated", kernels: EMULATED },
  { which: "WebAssembly, fused at once", kernels: AT_ONCE },
];

describe.each(EVERY)("stepsF32 on $which", ({ kernels }) => {
  it.each(CELLS)("has the bits of single steps: %s, of weights in one or a gate, kept or not", (op) => {
    for (const [steps, n] of SHAPES) {
      for (const products of new Set([1, GATES[op]])) {
        for (const bare of [false, true]) {
          const sequence = sequenceOf(op, steps, n, products, bare, n % 2 === 0);
          const expected = stepByStep(op, sequence, n);
          // Immutable matrices are packed at their second use.
          for (const immutable of steps > 1000 ? [true, true] : [false, true, true, true, false]) {
            const got = run(kernels, op, sequence, n, immutable);
            expect(firstDifference(got, expected), `${steps} steps of ${n}, ${products} products`).toBe(-1);
          }
        }
      }
    }
  });

  it("leaves its arguments alone, but an LSTM's state", () => {
    for (const op of CELLS) {
      const { x, w, bias, hidden, state } = sequenceOf(op, 3, 5, 1, false, false);
      const all = [x, ...w, bias!, hidden, ...(op === "lstm" ? [] : [state!])];
      const before = all.map((array) => array.slice());
      for (let i = 0; i < 3; i++) kernels.stepsF32(op, x, w, bias, hidden, state, new Float32Array(15), 5, true, true);
      all.forEach((array, i) => expect(array).toEqual(before[i]));
    }
  });
});

it("the elements of all steps count before the fused module is compiled", () => {
  const kernels = withFamilies(wasmKernels({ emulated: 1000 }));
  const fuses = withFamilies(wasmKernels()).fuse();
  const sequence = sequenceOf("lstm", 20, 16, 1, false, false);
  // At its second use the matrix is packed.
  run(kernels, "lstm", { ...sequence, x: sequence.x.slice(0, 64) }, 16, true);
  expect(kernels.fused).toBe(false);
  run(kernels, "lstm", sequence, 16, true);
  expect(kernels.fused).toBe(fuses);
});
