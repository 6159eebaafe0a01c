import { afterAll, describe, expect, it } from "vitest";
import type { AttentionOptions, Kernels } from "../../src/base/index.ts";
import { core, coreFusedAttention, coreFusedGradients, coreFusedProducts } from "../../src/core/index.ts";
import { withFamilies } from "./families.ts";
import { createWasmGradients, createWasmKernels, startThreadPool } from "../../src/wasm/index.ts";
import { firstDifference } from "../bits.ts";
import { floats } from "./backends.ts";
import { elementsIn, GEOMETRIES, windowsOf } from "./inputs.ts";

const wasm = withFamilies(createWasmKernels());
const gradients = createWasmGradients(wasm);
/** Node 20 does not, and has the emulation alone. */
const FUSES = wasm.fuseProducts(true);

/** [rows, n, m] at the edges of tiles, panels, blocks and regions. */
const PRODUCTS = [
  ...Array.from({ length: 20 }, (_, i) => [1, i, 20 - i] as const),
  ...Array.from({ length: 40 }, (_, i) => [1 + (i % 6), 7, i] as const),
  [1, 4096, 5],
  [1, 4097, 5],
  [3, 9000, 4],
  [1, 300, 513],
  [5, 100, 70],
  [33, 200, 129],
  [8, 17, 64],
] as const;

function expectSame(found: Float32Array, expected: Float32Array, what: string): void {
  const i = firstDifference(found, expected);
  expect(i, `${what} at ${i}: ${found[i]}, ${expected[i]}`).toBe(-1);
}

function product(kernels: Pick<Kernels, "matmulF32">, [rows, n, m]: readonly [number, number, number], kept: boolean) {
  const x = floats(rows * n, n + 1, true);
  const w = floats(n * m, m + 2, true);
  const bias = m % 2 === 0 ? floats(m, 3) : undefined;
  const out = new Float32Array(rows * m);
  for (let call = 0; call < 3; call++) kernels.matmulF32(x, w, bias, out, rows, kept);
  return out;
}

describe.runIf(FUSES)("fused products on WebAssembly have the bits of the emulation", () => {
  afterAll(() => {
    wasm.attachPool(undefined);
  });

  it.each([false, true])("matrices, kept %s", (kept) => {
    for (const shape of PRODUCTS)
      expectSame(product(wasm, shape, kept), product({ ...core, ...coreFusedProducts }, shape, kept), String(shape));
  });

  it("a vector and a matrix", () => {
    for (const [, n, m] of PRODUCTS) {
      const [x, w] = [floats(n, 5), floats(n * m, 6)];
      const [a, b] = [new Float32Array(m), new Float32Array(m)];
      wasm.matvecF32(x, w, a, false);
      coreFusedProducts.matvecF32(x, w, b, false);
      expectSame(a, b, `${n} ${m}`);
    }
  });

  it("convolutions", () => {
    for (const windows of GEOMETRIES)
      for (const m of [1, 4, 7, 8, 19]) {
        const n = windows.runs.length * windows.run;
        const [x, w] = [floats(elementsIn(windows), n), floats(n * m, m)];
        const bias = m % 2 === 0 ? floats(m, 3) : undefined;
        const size = windows.lines.length * windows.places * m;
        if (size * n > 1e7) continue;
        const [a, b] = [new Float32Array(size), new Float32Array(size)];
        wasm.convolveF32(x, w, bias, a, windows, false);
        coreFusedProducts.convolveF32(x, w, bias, b, windows, false);
        expectSame(a, b, `${n} ${m}`);
      }
  });

  it("convolutions by groups and by feature", () => {
    for (const [windows, groups, multiplier] of [
      [windowsOf(3, 40, 9, 4, 3, 4), 2, 3],
      [windowsOf(5, 96, 7, 12, 2, 3), 4, 8],
      [windowsOf(6, 200, 12, 10, 3, 1), 10, 1],
    ] as const) {
      const n = windows.runs.length * windows.run;
      const m = groups * multiplier;
      const x = floats(elementsIn(windows) + groups * windows.run, n);
      const [w, bias] = [floats(n * m, m), floats(m, 3)];
      const size = windows.lines.length * windows.places * m;
      const [a, b] = [new Float32Array(size), new Float32Array(size)];
      wasm.convolveF32(x, w, bias, a, windows, false, groups);
      coreFusedProducts.convolveF32(x, w, bias, b, windows, false, groups);
      expectSame(a, b, `${groups} groups`);
    }
    for (const multiplier of [1, 2, 4])
      for (const features of [1, 3, 4, 9, 16]) {
        const windows = windowsOf(5, 20 * features, 7, 2 * features, 3, features);
        const m = features * multiplier;
        const [x, w, bias] = [floats(elementsIn(windows), 5), floats(3 * m, m), floats(m, 3)];
        const [a, b] = [new Float32Array(35 * m), new Float32Array(35 * m)];
        wasm.depthwiseF32(x, w, bias, a, windows);
        coreFusedProducts.depthwiseF32(x, w, bias, b, windows);
        expectSame(a, b, `${features} features times ${multiplier}`);
      }
  });

  it("attention, in both profiles", () => {
    for (const [queries, keys, width, valueWidth] of [
      [1, 1, 1, 1],
      [5, 7, 8, 9],
      [9, 33, 20, 16],
      [1, 100, 64, 40],
    ] as const) {
      const sizes = { batch: 2, queries, keys, capacity: keys, heads: 4, kvHeads: 2, width, valueWidth };
      const options = { scale: 0.25, masked: -(2 ** 100) } as AttentionOptions;
      const [q, k] = [floats(2 * queries * 4 * width, 1), floats(2 * keys * 2 * width, 2)];
      const v = floats(2 * keys * 2 * valueWidth, 3);
      for (const fused of [true, false]) {
        const [a, b] = [0, 1].map(() => new Float32Array(2 * queries * 4 * valueWidth)) as [Float32Array, Float32Array];
        wasm.attentionF32(q, k, v, a, sizes, options, fused);
        coreFusedAttention.attentionF32(q, k, v, b, sizes, options, fused);
        expectSame(a, b, `${queries} ${keys}, profile ${fused}`);
      }
    }
  });

  it("gradients", () => {
    for (const [rows, n, m] of [
      [1, 1, 1],
      [300, 9, 20],
      [33, 65, 17],
    ] as const) {
      const [x, y, w] = [floats(rows * n, 1), floats(rows * m, 2), floats(m * n, 3)];
      const [a, b] = [new Float32Array(n * m), new Float32Array(n * m)];
      gradients.outerF32(x, y, a, rows);
      coreFusedGradients.outerF32(x, y, b, rows);
      expectSame(a, b, `outer ${rows} ${n} ${m}`);
      const [c, d] = [new Float32Array(rows * m), new Float32Array(rows * m)];
      gradients.matmulTransposedF32(x, w, c, rows);
      coreFusedGradients.matmulTransposedF32(x, w, d, rows);
      expectSame(c, d, `transposed ${rows} ${n} ${m}`);
    }
  });

  it("on two threads", async () => {
    const shapes = [
      [1, 700, 600],
      [40, 200, 129],
    ] as const;
    const alone = shapes.map((shape) => product(wasm, shape, true));
    wasm.attachPool(await startThreadPool(2));
    expect(wasm.threads).toBe(2);
    for (const [i, shape] of shapes.entries()) expectSame(product(wasm, shape, true), alone[i]!, String(shape));
    expect(wasm.fuseProducts(false)).toBe(true);
    for (const shape of shapes) expectSame(product(wasm, shape, true), product(core, shape, true), String(shape));
    expect(wasm.fuseProducts(true)).toBe(true);
    for (const [i, shape] of shapes.entries()) expectSame(product(wasm, shape, true), alone[i]!, String(shape));
  });
});

it("products that are not fused are those of before", () => {
  const kernels = createWasmKernels();
  kernels.fuseProducts(true);
  expect(kernels.fuseProducts(false)).toBe(true);
  for (const shape of PRODUCTS) expectSame(product(kernels, shape, true), product(core, shape, true), String(shape));
});
