/**
 * Which kernels get the work, below each threshold and from it on. The bits are the same, so that calls are counted.
 */
import { describe, expect, it } from "vitest";
import type { Choose } from "../../src/backend/family.ts";
import { dispatchBySize } from "../../src/backend/dispatch.ts";
import { WASM_FROM } from "../../src/backend/thresholds.ts";
import type { AttentionSizes, PoolWindows, Windows } from "../../src/base/index.ts";
import { attentionBySize } from "../../src/backend/attention.ts";
import { convolutionBySize } from "../../src/backend/convolution.ts";
import { normsBySize } from "../../src/backend/norms.ts";
import { recurrentBySize } from "../../src/backend/recurrent.ts";
import { softmaxBySize } from "../../src/backend/softmax.ts";
import * as tables from "../../src/core/index.ts";
import {
  createWasmAttention,
  createWasmConvolution,
  createWasmGradients,
  createWasmKernels,
  createWasmNorms,
  createWasmRecurrent,
  createWasmSoftmax,
} from "../../src/wasm/index.ts";
import type { EveryKernel } from "../contract/families.ts";

type KernelName = Exclude<keyof EveryKernel, "name">;

/** What a kernel's work is measured by, and a call of that measure whose other sizes are `other`. */
type Calls = {
  readonly [Name in KernelName]: readonly [
    threshold: keyof typeof WASM_FROM,
    call: (size: number, other: number) => Parameters<EveryKernel[Name]>,
  ];
};

const f = (n: number): Float32Array => new Float32Array(n);
const u = (n: number): Uint32Array => new Uint32Array(n);

function windows(lines: number, places: number, runs: number, run = 1): Windows {
  return { lines: new Int32Array(lines), places, step: 1, runs: new Int32Array(runs), run };
}

function poolWindows(places: number): PoolWindows {
  return { segments: [{ start: 0, places, view: 0 }], step: 1, views: [[0]], features: 1 };
}

function attentionSizes(keys: number, other: number): AttentionSizes {
  const [batch, queries, heads, kvHeads, width, valueWidth] = [other, other, other, other, other, other];
  return { batch, queries, keys, capacity: other, heads, kvHeads, width, valueWidth };
}

const EPILOGUE = { activation: "relu" } as const;

const CALLS: Calls = {
  threefry2x32: ["draws", (n, o) => [o, o, u(n), u(n)]],
  bits64: ["draws", (n, o) => [o, o, o, u(n)]],
  bits32: ["draws", (n, o) => [o, o, o, u(n)]],
  bits16: ["draws", (n, o) => [o, o, o, new Uint16Array(n)]],
  bits8: ["draws", (n, o) => [o, o, o, new Uint8Array(n)]],
  bits32Original: ["draws", (n, o) => [o, o, u(n)]],
  uniformF32: ["draws", (n, o) => [o, o, o, o, o, f(n), true]],
  uniformFromBitsF32: ["draws", (n, o) => [u(o), o, o, f(n), true]],
  normalF32: ["normals", (n, o) => [o, o, o, f(n), true]],
  normalFromBitsF32: ["normals", (n, o) => [u(o), f(n), true]],
  truncatedNormalF32: ["normals", (n, o) => [o, o, o, o, o, o, o, f(n), true]],
  truncatedNormalFromBitsF32: ["normals", (n, o) => [u(o), o, o, o, o, f(n), true]],
  unaryF32: ["unary", (n, o) => ["exp", f(o), f(n), true]],
  binaryF32: ["arithmetic", (n, o) => ["add", f(o), f(o), f(n), o, o]],
  selectF32: ["arithmetic", (n, o) => [new Uint8Array(o), f(o), f(o), f(n), o, o]],
  transposeF32: ["transposed", (n, o) => [f(o), f(n), [o], [0]]],
  reluF32: ["relus", (n, o) => [f(o), f(n)]],
  cellF32: ["cells", (n, o) => ["gru", f(o), f(o), f(o), f(n), undefined, o, true]],
  stepsF32: ["cells", (n, o) => ["gru", f(o), [f(o)], f(o), f(o), f(o), f(n), o, true, true]],
  activateF32: ["unary", (n, o) => ["elu", f(o), o, o, f(n), true]],
  powF32: ["unary", (n, o) => [f(o), f(o), f(n)]],
  sumF32: ["sums", (n, o) => [f(n), undefined, f(o), o, o, o]],
  reduceF32: ["reductions", (n, o) => ["maximum", f(n), f(o), o, o]],
  argReduceF32: ["reductions", (n, o) => ["maximum", f(n), new Int32Array(o), o, o]],
  cumulateF32: ["reductions", (n, o) => ["add", f(n), f(o), o, o]],
  softmaxF32: ["rows", (n, o) => [f(o), f(n), o, true, false]],
  softmaxColumnsF32: ["rows", (n, o) => [f(o), f(n), o, o, true, false]],
  logSumExpF32: ["rows", (n, o) => [f(n), f(o), o, o, true]],
  normalizeF32: ["rows", (n, o) => [f(o), f(o), f(o), f(n), o, o, true]],
  standardizeF32: ["rows", (n, o) => [f(o), f(o), f(o), f(o), f(o), f(n), o, o, o, o]],
  matvecF32: ["products", (n, o) => [f(1), f(o), f(n), true]],
  matmulF32: ["batches", (n, o) => [f(o), f(n / 2), f(o), f(o), 2, false]],
  matmulBatchF32: ["batches", (n, o) => [f(1), f(o), f(n), 1, 1]],
  matmulHalfF32: ["batches", (n, o) => ["bfloat16", f(o), new Uint16Array(n / 2), f(o), f(o), 2, false]],
  convolveF32: ["products", (n, o) => [f(o), f(n / 4), f(o), f(o), windows(2, 2, o, o), true, o, EPILOGUE]],
  depthwiseF32: ["products", (n, o) => [f(o), f(o), f(o), f(n / 2), windows(o, o, 2), EPILOGUE]],
  poolF32: ["windowed", (n, o) => ["add", f(n), f(o), poolWindows(o), o]],
  attentionF32: [
    "products",
    (n, o) => [f(n / 2), f(o), f(o), f(o), attentionSizes(2, o), { scale: 1, masked: 0 }, true],
  ],
};

/** The same kernels where what counts is another size, or counts otherwise. */
const MORE: readonly (readonly [string, KernelName, keyof typeof WASM_FROM, (n: number, o: number) => unknown[]])[] = [
  ["matvecF32 of one output", "matvecF32", "products", (n, o) => [f(n), f(o), f(1), true]],
  ["matmulF32 of one row", "matmulF32", "products", (n, o) => [f(o), f(n), f(o), f(o), 1, true]],
  [
    "matmulHalfF32 of one row",
    "matmulHalfF32",
    "products",
    (n, o) => ["float16", f(o), new Uint16Array(n), f(o), f(o), 1, true],
  ],
  ["sumF32 of squared distances, which count as four", "sumF32", "sums", (n, o) => [f(n / 4), f(o), f(o), o, o, o]],
  [
    "convolveF32 of one line",
    "convolveF32",
    "products",
    (n, o) => [f(o), f(n), f(o), f(o), windows(1, 1, o, o), true, o, EPILOGUE],
  ],
  [
    "attentionF32 of one key",
    "attentionF32",
    "products",
    (n, o) => [f(n), f(o), f(o), f(o), attentionSizes(1, o), {}, true],
  ],
];

/** For work that is a product, or is none. */
function unused(): never {
  throw new Error("expected the other choice");
}

/** Kernels that note what they are called with. */
function recorder(): { kernels: EveryKernel; calls: unknown[][] } {
  const calls: unknown[][] = [];
  const kernels = new Proxy({} as EveryKernel, {
    get:
      (_, name) =>
      (...args: unknown[]) =>
        void calls.push([name, ...args]),
  });
  return { kernels, calls };
}

describe.each([
  ...Object.entries(CALLS).map(([name, [threshold, call]]) => [name, name as KernelName, threshold, call] as const),
  ...MORE,
])("%s", (_, name, threshold, call) => {
  const from = WASM_FROM[threshold];

  it.each([
    ["below the threshold goes to the core", from - 1, 10_000, "small"],
    ["at the threshold goes to WebAssembly", from, 0, "large"],
    ["far above goes to WebAssembly", 40 * from, 0, "large"],
  ] as const)("%s", (_title, size, other, expected) => {
    const small = recorder();
    const large = recorder();
    const sizes: number[] = [];
    const forLarge = (n: number): EveryKernel => (sizes.push(n), large.kernels);
    const choose: Choose<EveryKernel> = (n, least) => (n < least ? small.kernels : forLarge(n));
    const kernels = {
      ...dispatchBySize(small.kernels, forLarge),
      ...attentionBySize(unused, choose),
      ...convolutionBySize(choose, choose),
      ...normsBySize(choose),
      ...recurrentBySize(choose, choose),
      ...softmaxBySize(choose),
    };
    const args = call(size, other);
    (kernels[name] as (...all: unknown[]) => void)(...args);
    expect(small.calls).toEqual(expected === "small" ? [[name, ...args]] : []);
    expect(large.calls).toEqual(expected === "large" ? [[name, ...args]] : []);
    expect(sizes).toEqual(expected === "large" ? [size] : []);
  });
});

it("the thresholds are those that were measured", () => {
  expect(WASM_FROM).toEqual({
    draws: 8,
    normals: 1,
    unary: 3,
    arithmetic: 32,
    rows: 8,
    sums: 32,
    products: 64,
    batches: 96,
    windowed: 32,
    relus: 32,
    reductions: 32,
    transposed: 4096,
    cells: 2,
  });
});

/** Is asked for nothing while kernels are made. */
function choose(): never {
  throw new Error("expected no work");
}

it("kernels that choose by size count as those of WebAssembly, as what they choose for large work does", () => {
  const chosen = { attentionBySize, convolutionBySize, dispatchBySize, normsBySize, recurrentBySize, softmaxBySize };
  for (const [family, make] of Object.entries(chosen))
    expect([family, (make as (...ways: Choose<never>[]) => { name: string })(choose, choose).name]).toEqual([
      family,
      "wasm",
    ]);
});

it("the kernels of every family say whose they are", () => {
  // Fused products replace some methods of the others, and have no name of their own.
  const { coreFusedProducts, ...named } = tables;
  expect(coreFusedProducts).not.toHaveProperty("name");
  const families = Object.entries(named).filter(([name]) => name.startsWith("core"));
  expect(families.length).toBeGreaterThan(10);
  for (const [family, kernels] of families) expect([family, kernels]).toMatchObject([family, { name: "core" }]);
  const kernels = createWasmKernels();
  const made = {
    createWasmAttention,
    createWasmConvolution,
    createWasmGradients,
    createWasmNorms,
    createWasmRecurrent,
    createWasmSoftmax,
  };
  for (const [family, make] of Object.entries(made)) expect([family, make(kernels).name]).toEqual([family, "wasm"]);
});
