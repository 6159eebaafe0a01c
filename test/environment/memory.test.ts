import { afterAll, describe, expect, it } from "vitest";
import { LimitError, memoryInfo, numpy as jnp, useBackend, vjp } from "../../src/index.ts";
import type { AttentionKernels, AttentionSizes, ConvolutionKernels, Epilogue, Windows } from "../../src/base/index.ts";
import type { KernelExports, WasmKernels } from "../../src/wasm/index.ts";
import { createWasmKernels } from "../../src/wasm/index.ts";
import { firstDifference } from "../bits.ts";
import { BACKENDS, floats } from "../contract/backends.ts";
import { kernelsWithin } from "./limits.ts";

const [core] = BACKENDS as [(typeof BACKENDS)[0]];
const MIB = 2 ** 20;

afterAll(() => useBackend("auto"));

describe("memoryInfo", () => {
  it("counts the weights that are kept, from their second use on", () => {
    useBackend("wasm");
    const before = memoryInfo();
    const w = jnp.ones([100, 50]);
    jnp.ones([8, 100]).matmul(w);
    expect(memoryInfo().residents).toBe(before.residents);
    jnp.ones([8, 100]).matmul(w);
    const { backend, linearBytes, residentBytes, residents } = memoryInfo();
    expect([backend, residents - before.residents, residentBytes - before.residentBytes]).toEqual([
      "wasm",
      1,
      4 * 100 * 52,
    ]);
    expect(linearBytes).toBeGreaterThan(residentBytes);
  });

  it("does not grow by gradients of weights", () => {
    useBackend("wasm");
    const [x, ct] = [jnp.ones([64, 512]), jnp.ones([64, 512])];
    const step = (): void => void vjp((w) => x.matmul(w), jnp.ones([512, 512]))[1](ct);
    for (let i = 0; i < 3; i++) step();
    const { linearBytes } = memoryInfo();
    for (let i = 0; i < 100; i++) step();
    expect(memoryInfo().linearBytes).toBe(linearBytes);
  });

  it("is nothing on the core", () => {
    useBackend("core");
    expect(memoryInfo()).toEqual({ backend: "core", linearBytes: 0, residentBytes: 0, residents: 0 });
  });
});

/** A matrix of 1 MiB, its x, and their product. */
interface Product {
  readonly x: Float32Array;
  readonly w: Float32Array;
  readonly expected: Float32Array;
}

const SIDE = 512;

function products(count: number): Product[] {
  return Array.from({ length: count }, (_, i) => {
    const x = floats(SIDE, i);
    const w = floats(SIDE * SIDE, i + 1);
    const expected = new Float32Array(SIDE);
    core.matvecF32(x, w, expected, false);
    return { x, w, expected };
  });
}

function use(kernels: WasmKernels, { x, w, expected }: Product): void {
  const out = new Float32Array(SIDE);
  kernels.matvecF32(x, w, out, true);
  expect(firstDifference(out, expected)).toBe(-1);
}

describe("copies of weights", () => {
  it("that are not used any more make room, where memory cannot grow, for those that are", () => {
    const { kernels } = kernelsWithin(4 * MIB);
    for (const product of products(20)) for (let call = 0; call < 3; call++) use(kernels, product);
    expect(kernels.residents).toBe(3);
    expect(kernels.linearBytes).toBeLessThanOrEqual(4 * MIB);
  });

  it("that are used in turn keep their place: those that came first stay, the others are streamed", () => {
    const { kernels } = kernelsWithin(4 * MIB);
    const all = products(6);
    for (let round = 0; round < 2; round++) for (const product of all) use(kernels, product);
    const kept = kernels.residentBytes;
    expect(kept).toBe(3 * MIB);
    for (let round = 0; round < 3; round++) for (const product of all) use(kernels, product);
    expect(kernels.residentBytes).toBe(kept);
  });

  it("that made room are made again when their matrix comes back", () => {
    const { kernels } = kernelsWithin(4 * MIB);
    const all = products(6);
    for (let round = 0; round < 3; round++)
      for (const half of [all.slice(0, 3), all.slice(3)])
        for (let call = 0; call < 3; call++) for (const product of half) use(kernels, product);
    expect(kernels.residents).toBe(3);
  });

  it("of matrices that a program makes, uses and forgets without ever coming to rest do not fill the memory", () => {
    const { kernels, grown } = kernelsWithin(4096 * MIB);
    const x = new Float32Array(SIDE).fill(1);
    const out = new Float32Array(SIDE);
    for (let matrix = 0; matrix < 300; matrix++) {
      const w = new Float32Array(SIDE * SIDE);
      w.fill(1, 0, SIDE);
      for (let call = 0; call < 2; call++) kernels.matvecF32(x, w, out, true);
      expect(out[7]).toBe(1);
    }
    expect(kernels.linearBytes).toBeLessThan(128 * MIB);
    expect(grown()).toBeLessThan(15);
  });

  it("are not moved by growth, nor lost: a hundred megabytes grow in a few steps", () => {
    const { kernels, grown } = kernelsWithin(4096 * MIB);
    const all = products(4);
    const many = Array.from({ length: 100 }, (_, i) => ({ ...all[i % 4]!, w: all[i % 4]!.w.subarray() }));
    for (let round = 0; round < 3; round++) for (const product of many) use(kernels, product);
    expect([kernels.residents, kernels.residentBytes]).toEqual([100, 100 * MIB]);
    expect(kernels.linearBytes).toBeLessThan(160 * MIB);
    expect(grown()).toBeLessThan(15);
  });
});

/** Two queries of two heads of 32, on `keys` keys. */
function attend(kernels: AttentionKernels, keys: number): Float32Array {
  const sizes: AttentionSizes = {
    batch: 1,
    queries: 2,
    keys,
    capacity: keys,
    heads: 2,
    kvHeads: 2,
    width: 32,
    valueWidth: 32,
  };
  const out = new Float32Array(2 * 2 * 32);
  kernels.attentionF32(
    floats(2 * 2 * 32),
    floats(keys * 64, 2),
    floats(keys * 64, 3),
    out,
    sizes,
    { scale: 1, masked: -1e30 },
    true,
  );
  return out;
}

describe("152: what attention cannot do without", () => {
  it("is a LimitError where memory does not grow; what was kept stays valid, and smaller work goes on", () => {
    const { kernels } = kernelsWithin(4 * MIB);
    const [product] = products(1);
    for (let call = 0; call < 3; call++) use(kernels, product!);
    expect(() => attend(kernels, 20_000)).toThrow(LimitError);
    expect(() => attend(kernels, 20_000)).toThrow(
      /^attention: cannot hold \d+ bytes in WebAssembly memory, which has \d+ and does not grow$/,
    );
    for (let call = 0; call < 3; call++) use(kernels, product!);
    expect(firstDifference(attend(kernels, 50), attend(core, 50))).toBe(-1);
  });

  it("gets the room of copies of weights first", () => {
    const { kernels } = kernelsWithin(4 * MIB);
    const all = products(3);
    for (let call = 0; call < 2; call++) for (const product of all) use(kernels, product);
    expect(kernels.residents).toBe(3);
    expect(firstDifference(attend(kernels, 2000), attend(core, 2000))).toBe(-1);
    expect(kernels.residents).toBeLessThan(3);
    for (const product of all) use(kernels, product);
  });
});

describe("a convolution that is a product", () => {
  it("does not use a copy of its weights that made room for the rows", () => {
    const { kernels } = kernelsWithin(4 * MIB);
    const [rows, n, m] = [8, 512, 1536];
    const w = floats(n * m, 2);
    for (let call = 0; call < 2; call++) kernels.matvecF32(floats(n), w, new Float32Array(m), true);
    expect(kernels.residents).toBe(1);
    const windows: Windows = { lines: Int32Array.of(0), places: rows, step: n, runs: [0], run: n };
    const slide = (all: ConvolutionKernels, epilogue?: Epilogue): Float32Array => {
      const out = new Float32Array(rows * m);
      all.convolveF32(floats(rows * n, 3), w, undefined, out, windows, true, 1, epilogue);
      return out;
    };
    // There is room for the copy, or for the rows.
    expect(() => slide(kernels, { activation: "relu" })).toThrow(LimitError);
    expect(kernels.residents).toBe(0);
  });
});

it("a memory that does not even grow to its first regions is a reason to fall back, not a crash", () => {
  expect(() =>
    createWasmKernels(undefined, (module) => {
      const exports = new WebAssembly.Instance(module as WebAssembly.Module).exports as unknown as KernelExports;
      const memory = {
        buffer: new ArrayBuffer(65536),
        grow: () => {
          throw new RangeError("refused");
        },
      };
      return { ...exports, memory };
    }),
  ).toThrow(/^BackendUnavailable: the memory does not grow to \d+ bytes$/);
});
