import { describe, expect, it } from "vitest";
import type { CellName } from "../../../src/base/index.ts";
import { GATES } from "../../../src/base/index.ts";
import { firstDifference } from "../../bits.ts";
import { AT_ONCE, BACKENDS, EMULATED, floats } from "../backends.ts";
import type { EveryKernel } from "../families.ts";

const CELLS = ["lstm", "gru", "simple"] as const satisfies readonly CellName[];
const RUNS = CELLS.flatMap((op) => [true, false].map((fused) => [op, fused] as const));

/** Rows and widths at which a lane, a pass of 256 or a region of 4,096 may begin or end. */
const SHAPES: readonly (readonly [rows: number, n: number])[] = [
  ...Array.from({ length: 70 }, (_, i) => [3, i + 1] as const),
  ...[1, 2, 16, 85, 86, 127, 128, 129, 255, 256, 257, 4095, 4096, 4097].map((rows) => [rows, 1] as const),
  ...[127, 128, 129, 255, 256, 257, 511, 513, 1023, 4095, 4096, 4097, 8195].map((n) => [2, n] as const),
  [5, 1365],
  [2000, 3],
];

interface Step {
  readonly x: Float32Array;
  readonly h: Float32Array;
  readonly state: Float32Array;
}

/** Arguments of a step; every third element is an edge of arithmetic. */
function stepOf(op: CellName, rows: number, n: number): Step {
  const size = rows * n;
  const gates = GATES[op];
  return {
    x: floats(gates * size, size, true),
    h: floats(gates * size, size + 7, true).toReversed(),
    state: floats(size, size + 13, true),
  };
}

/** The new state, and of an LSTM the hidden state behind it. */
function next(
  kernels: EveryKernel,
  op: CellName,
  { x, h, state }: Step,
  n: number,
  fused: boolean,
  bare = false,
): Float32Array {
  const [out, hidden] = [new Float32Array(state.length), new Float32Array(op === "lstm" ? state.length : 0)];
  kernels.cellF32(op, x, h, bare ? undefined : state, out, op === "lstm" ? hidden : undefined, n, fused);
  return Float32Array.of(...out, ...hidden);
}

/** The same by the operations that the contract names, one after another. */
function composed(
  kernels: EveryKernel,
  op: CellName,
  { x, h, state }: Step,
  n: number,
  fused: boolean,
  bare = false,
): Float32Array {
  const gates = GATES[op];
  const gate = (from: Float32Array, p: number): Float32Array => from.filter((_, i) => Math.floor(i / n) % gates === p);
  const binary = (name: "add" | "multiply" | "subtract", a: Float32Array, b: Float32Array): Float32Array => {
    const out = new Float32Array(state.length);
    kernels.binaryF32(name, a, b, out);
    return out;
  };
  const unary = (name: "tanh" | "logistic", a: Float32Array): Float32Array => {
    const out = new Float32Array(a.length);
    kernels.unaryF32(name, a, out, fused);
    return out;
  };
  const sum = (p: number): Float32Array => binary("add", gate(x, p), gate(h, p));
  if (op === "simple") return unary("tanh", bare ? sum(0) : binary("add", sum(0), state));
  if (op === "gru") {
    const [r, z] = [unary("logistic", sum(0)), unary("logistic", sum(1))];
    const m = unary("tanh", binary("add", gate(x, 2), binary("multiply", r, gate(h, 2))));
    const kept = binary("subtract", new Float32Array(state.length).fill(1), z);
    return binary("add", binary("multiply", kept, m), binary("multiply", z, state));
  }
  const kept = binary("multiply", unary("logistic", sum(1)), state);
  const c = binary("add", kept, binary("multiply", unary("logistic", sum(0)), unary("tanh", sum(2))));
  return Float32Array.of(...c, ...binary("multiply", unary("logistic", sum(3)), unary("tanh", c)));
}

describe("cellF32, core against WebAssembly", () => {
  const [core] = BACKENDS as [EveryKernel];

  it.each(RUNS)("%s, fused %s, has 0 differing bits, emulated or not", (op, fused) => {
    for (const [rows, n] of SHAPES) {
      const step = stepOf(op, rows, n);
      const p = next(core, op, step, n, fused);
      for (const wasm of [EMULATED, AT_ONCE]) {
        const q = next(wasm, op, step, n, fused);
        const i = firstDifference(p, q);
        expect(i, `[${rows}, ${n}] at ${i}: ${p[i]}, ${q[i]}`).toBe(-1);
      }
    }
  });
});

describe.each(BACKENDS)("cellF32 on $name", (kernels) => {
  it.each(RUNS)("%s, fused %s, has the bits of the operations in sequence", (op, fused) => {
    for (const [rows, n] of [
      [1, 1],
      [3, 5],
      [7, 33],
      [2, 300],
    ] as const) {
      const step = stepOf(op, rows, n);
      expect(firstDifference(next(kernels, op, step, n, fused), composed(kernels, op, step, n, fused))).toBe(-1);
    }
  });

  it("a simple cell without a state adds none", () => {
    const step = stepOf("simple", 4, 21);
    const out = next(kernels, "simple", step, 21, true, true);
    expect(firstDifference(out, composed(kernels, "simple", step, 21, true, true))).toBe(-1);
  });

  it("reads arrays that begin anywhere in their buffers", () => {
    for (const op of CELLS) {
      const step = stepOf(op, 3, 11);
      const moved = Object.fromEntries(
        Object.entries(step).map(([name, from]) => {
          const wide = new Float32Array(from.length + 5).fill(NaN);
          wide.set(from, 3);
          return [name, wide.subarray(3, 3 + from.length)];
        }),
      ) as unknown as Step;
      expect(firstDifference(next(kernels, op, moved, 11, true), next(kernels, op, step, 11, true))).toBe(-1);
    }
  });

  it("rows have the same bits whatever rows stand beside them", () => {
    for (const op of CELLS) {
      const [rows, n] = [9, 37];
      const step = stepOf(op, rows, n);
      const all = next(kernels, op, step, n, true);
      for (let row = 0; row < rows; row++) {
        const cut = (from: Float32Array): Float32Array =>
          from.slice((row * from.length) / rows, ((row + 1) * from.length) / rows);
        const alone = next(kernels, op, { x: cut(step.x), h: cut(step.h), state: cut(step.state) }, n, true);
        expect(firstDifference(alone.subarray(0, n), all.subarray(row * n, (row + 1) * n))).toBe(-1);
      }
    }
  });

  it("an LSTM with open gates keeps its state, a GRU with a closed one takes the new", () => {
    const [open, shut] = [1000, -1000];
    const state = Float32Array.of(0.25);
    const zeros = new Float32Array(4);
    const keep = next(kernels, "lstm", { x: Float32Array.of(shut, open, 3, open), h: zeros, state }, 1, true);
    expect(keep[0]).toBe(0.25);
    const fresh = next(kernels, "gru", { x: Float32Array.of(shut, shut, 40), h: zeros.subarray(0, 3), state }, 1, true);
    expect(fresh[0]).toBe(1);
  });
});
