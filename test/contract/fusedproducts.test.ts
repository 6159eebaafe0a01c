import { afterAll, describe, expect, it } from "vitest";
import type { Kernels } from "../../src/base/index.ts";
import { core, coreFusedGradients, coreFusedProducts } from "../../src/core/index.ts";
import { carryProductTwins, createWasmGradients, createWasmKernels, startThreadPool } from "../../src/wasm/index.ts";
import { firstDifference } from "../bits.ts";
import { floats } from "./backends.ts";
import { elementsIn, windowsOf } from "./inputs.ts";

carryProductTwins();
const wasm = createWasmKernels();
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

describe("fused products on WebAssembly have the bits of the emulation", () => {
  it("are there where the engine has relaxed SIMD", () => {
    const [major] = process.versions.node.split(".");
    expect(FUSES).toBe(Number(major) >= 22);
  });

  // The rest has no subject in Node 20: the tests of platforms run this file in a later one.
  if (!FUSES) return;

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
    const windows = windowsOf(17, 100, 20, 4, 3, 8);
    const [image, ct] = [floats(elementsIn(windows), 1), floats(17 * 20 * 5, 2)];
    const [a, b] = [new Float32Array(24 * 5), new Float32Array(24 * 5)];
    gradients.convolveKernelF32(image, ct, a, windows);
    coreFusedGradients.convolveKernelF32(image, ct, b, windows);
    expectSame(a, b, "kernel of a convolution");
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
