/**
 * What is kept is used: calls into WebAssembly, counted. Whether a packed matrix, the cached keys of a decoder or a
 * threshold is used shows in no bit of a result, only here and in time.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { AttentionSizes, Windows } from "../../src/base/index.ts";
import type * as Flaxen from "../../src/index.ts";
import type { KernelExports } from "../../src/wasm/index.ts";
import { Scheduler, SHARED_FROM } from "../../src/wasm/scheduler.ts";
import { floats } from "../contract/backends.ts";
import type { EveryLayer } from "../nnx/nn/everylayer.ts";
import type { Counts } from "./countingkernels.ts";
import { counted, countingKernels } from "./countingkernels.ts";

describe("an immutable matrix is packed at its second use, and the copy used from then on", () => {
  it("by a product of one row", () => {
    const { kernels, calls } = countingKernels();
    const [x, w, out] = [floats(64), floats(64 * 48), new Float32Array(48)];
    const use = (immutable: boolean): Counts => (kernels.matvecF32(x, w, out, immutable), calls());
    expect(use(true)).toEqual({ matvecF32: 1 });
    expect(use(true)).toEqual({ packPanelsF32: 1, matvecPanelsF32: 1 });
    expect(use(true)).toEqual({ matvecPanelsF32: 1 });
    expect(use(true)).toEqual({ matvecPanelsF32: 1 });
    expect(kernels.residents).toBe(1);
    expect(use(false)).toEqual({ matvecF32: 1 });
    expect(kernels.residents).toBe(0);
    expect(use(true)).toEqual({ matvecF32: 1 });
    expect(use(true)).toEqual({ packPanelsF32: 1, matvecPanelsF32: 1 });
  });

  it("by a product of one row with a bias, which is added before the sums leave", () => {
    const { kernels, calls } = countingKernels();
    const [x, w, bias, out] = [floats(64), floats(64 * 48), floats(48), new Float32Array(48)];
    const use = (): Counts => (kernels.matmulF32(x, w, bias, out, 1, true), calls());
    expect(use()).toEqual({ matvecF32: 1, binaryF32: 1 });
    expect(use()).toEqual({ packPanelsF32: 1, matvecPanelsF32: 1, binaryF32: 1 });
    expect(use()).toEqual({ matvecPanelsF32: 1, binaryF32: 1 });
  });

  it.each([2, 4, 5, 64])("by a product of %d rows", (rows) => {
    const { kernels, calls } = countingKernels();
    const [x, w, bias, out] = [floats(rows * 32), floats(32 * 48), floats(48), new Float32Array(rows * 48)];
    const use = (immutable: boolean): Counts => (kernels.matmulF32(x, w, bias, out, rows, immutable), calls());
    const packed = { packRowsF32: 1, matmulPanelsF32: 1, binaryF32: 1 };
    const streamed = { ...packed, packPanelsF32: 1, matmulPanelsF32: rows % 4 === 0 ? 1 : 2 };
    // Below five rows each is a product of its own: the second uses the matrix for the second time.
    if (rows < 5) expect(use(true)).toEqual({ packPanelsF32: 1, matvecPanelsF32: rows, binaryF32: rows });
    else {
      expect(use(true)).toEqual(streamed);
      expect(kernels.residents).toBe(0);
      expect(use(true)).toEqual({ ...packed, packPanelsF32: 1 });
    }
    expect(kernels.residents).toBe(1);
    expect(use(true)).toEqual(packed);
    expect(use(true)).toEqual(packed);
    expect(use(false)).toEqual(rows < 5 ? { matvecF32: rows, binaryF32: rows } : streamed);
    expect(kernels.residents).toBe(0);
  });

  it("by a convolution", () => {
    const { kernels, calls } = countingKernels();
    const windows: Windows = { lines: Int32Array.of(0, 32), places: 6, step: 4, runs: Int32Array.of(0), run: 12 };
    const [x, w, out] = [floats(64), floats(12 * 8), new Float32Array(12 * 8)];
    const use = (immutable: boolean): Counts => (
      kernels.convolveF32(x, w, undefined, out, windows, immutable),
      calls()
    );
    expect(use(true)).toEqual({ packPanelsF32: 1, convolveF32: 1 });
    expect(kernels.residents).toBe(0);
    expect(use(true)).toEqual({ packPanelsF32: 1, convolveF32: 1 });
    expect(kernels.residents).toBe(1);
    expect(use(true)).toEqual({ convolveF32: 1 });
    expect(use(false)).toEqual({ packPanelsF32: 1, convolveF32: 1 });
    expect(kernels.residents).toBe(0);
  });

  it("by a convolution that is a product, whose epilogue is done before its results leave", () => {
    const { kernels, calls } = countingKernels();
    const windows: Windows = { lines: Int32Array.of(0, 72), places: 6, step: 12, runs: Int32Array.of(0), run: 12 };
    const [x, w, out] = [floats(144), floats(12 * 8), new Float32Array(12 * 8)];
    const norm = { mean: floats(8), variance: floats(8), epsilon: 1 };
    const use = (): Counts => (kernels.convolveF32(x, w, undefined, out, windows, true, 1, { norm }), calls());
    const kept = { packRowsF32: 1, matmulPanelsF32: 1, factorsF32: 1, epilogueF32: 1 };
    expect(use()).toEqual({ ...kept, packPanelsF32: 1 });
    expect(use()).toEqual({ ...kept, packPanelsF32: 1 });
    expect(use()).toEqual(kept);
  });

  it("the same matrix of other sizes is another one", () => {
    const { kernels, calls } = countingKernels();
    const w = floats(64 * 48);
    const use = (n: number, m: number): Counts => (kernels.matvecF32(floats(n), w, new Float32Array(m), true), calls());
    use(64, 48);
    expect(use(64, 48)).toEqual({ packPanelsF32: 1, matvecPanelsF32: 1 });
    expect(use(48, 64)).toEqual({ matvecF32: 1 });
    expect(use(48, 64)).toEqual({ packPanelsF32: 1, matvecPanelsF32: 1 });
    expect(kernels.residents).toBe(1);
  });
});

describe("the keys and values of a decoder", () => {
  const sizes: AttentionSizes = {
    batch: 2,
    queries: 1,
    keys: 5,
    capacity: 16,
    heads: 4,
    kvHeads: 2,
    width: 8,
    valueWidth: 8,
  };

  it("are copied at their second use, and packed no more", () => {
    const { kernels, calls } = countingKernels();
    const [key, value] = [floats(2 * 16 * 2 * 8, 1), floats(2 * 16 * 2 * 8, 2)];
    const [query, out] = [floats(2 * 4 * 8, 3), new Float32Array(2 * 4 * 8)];
    const step = (count: number, told = true): Counts => {
      const writes = told ? { count, last: 4 } : undefined;
      kernels.attentionF32(
        query,
        key,
        value,
        out,
        sizes,
        { scale: 1, masked: -1e30, keyWrites: writes, valueWrites: writes },
        true,
      );
      return calls();
    };
    // Rows of scores have room for 16 keys, and what is behind the keys is filled up.
    const steps = { scoresF32: 8, binaryF32: 2, overlayF32: 2, weightsF32: 2, outputsF32: 8 };
    expect(step(5)).toEqual({ packKeysF32: 4, ...steps });
    expect(kernels.residentBytes).toBe(0);
    expect(step(6)).toEqual(steps);
    expect(kernels.residentBytes).toBeGreaterThanOrEqual(2 * 4 * 2 * 2 * 8 * 16);
    expect(kernels.residentBytes).toBeLessThan(2 * 4 * 2 * 2 * 8 * 16 + 256);
    expect(step(6)).toEqual(steps);
    expect(step(6, false)).toEqual({ packKeysF32: 4, ...steps });
    expect(kernels.residentBytes).toBe(0);
  });
});

/** The calls of an operation whose operands' numbers repeat so often. */
function repeatedCalls(op: "add" | "multiply" | "subtract", xRepeat: number, yRepeat: number): Counts {
  const { kernels, calls } = countingKernels();
  const out = new Float32Array(4 * 256);
  const [x, y] = [xRepeat, yRepeat].map((repeat) => floats(out.length / repeat)) as [Float32Array, Float32Array];
  kernels.binaryF32(op, x, y, out, xRepeat, yRepeat);
  return calls();
}

describe("an operand of rows", () => {
  /** Each number with its row, and not spread out. */
  const byRows = { repeatF32: 1, binaryF32: 4 };

  it("whose numbers repeat 256 times is not spread out, on either side where the operation commutes", () => {
    for (const op of ["add", "multiply", "subtract"] as const) expect(repeatedCalls(op, 1, 256)).toEqual(byRows);
    for (const op of ["add", "multiply"] as const) expect(repeatedCalls(op, 256, 1)).toEqual(byRows);
    expect(repeatedCalls("subtract", 256, 1)).toEqual({ repeatF32: 1, binaryF32: 1 });
  });

  it("whose numbers repeat fewer times is spread out, as is that of an operand that repeats too", () => {
    expect(repeatedCalls("add", 1, 128)).toEqual({ repeatF32: 1, binaryF32: 1 });
    expect(repeatedCalls("add", 128, 1)).toEqual({ repeatF32: 1, binaryF32: 1 });
    expect(repeatedCalls("add", 256, 2)).toEqual({ repeatF32: 2, binaryF32: 1 });
  });
});

const nothing = (): void => {};

/** The calls of a product that is split as for two threads, none of which helps. */
function splitCalls(run: (exports: KernelExports) => void): Counts {
  const counts: Counts = {};
  const exports = counted(
    { matvecPanelsF32: nothing, matmulPanelsF32: nothing, matmulBatchF32: nothing, matvecHalfF32: nothing } as never,
    counts,
  );
  run(new Scheduler(2, exports).split(exports));
  return counts;
}

function vectorCalls(n: number, m: number): number {
  return splitCalls(({ matvecPanelsF32 }) => matvecPanelsF32(0, 0, 0, n, m)).matvecPanelsF32!;
}

function matrixCalls(rows: number, n: number, m: number): number {
  return splitCalls(({ matmulPanelsF32 }) => matmulPanelsF32(0, n, 0, 0, m, rows, n, m)).matmulPanelsF32!;
}

function pairCalls(count: number): number {
  return splitCalls(({ matmulBatchF32 }) => matmulBatchF32(0, 0, 0, count, 64, 64, 32)).matmulBatchF32!;
}

describe("products are split over threads from SHARED_FROM terms on", () => {
  it("of one row", () => {
    expect(vectorCalls(SHARED_FROM / 512 - 1, 512)).toBe(1);
    expect(vectorCalls(SHARED_FROM / 512, 512)).toBeGreaterThan(1);
    expect(vectorCalls(2 * SHARED_FROM, 63)).toBe(1);
    expect(vectorCalls(2 * SHARED_FROM, 64)).toBe(2);
  });

  it("of many rows, by columns or by rows", () => {
    expect(matrixCalls(64, SHARED_FROM / 64 / 256 - 1, 256)).toBe(1);
    expect(matrixCalls(64, SHARED_FROM / 64 / 256, 256)).toBeGreaterThan(1);
    expect(matrixCalls(4096, SHARED_FROM / 4096 / 16 - 1, 16)).toBe(1);
    expect(matrixCalls(4096, SHARED_FROM / 4096 / 16, 16)).toBeGreaterThan(1);
    expect(matrixCalls(15, 2 * SHARED_FROM, 8)).toBe(1);
    expect(matrixCalls(16, 2 * SHARED_FROM, 8)).toBe(2);
  });

  it("of pairs of small matrices", () => {
    expect(pairCalls(1)).toBe(1);
    expect(pairCalls(2)).toBe(2);
    expect(pairCalls(16)).toBe(8);
  });
});

/** Layers that write new weights at every call. */
const PACKING = ["SpectralNorm", "WeightNorm"];

/** Calls of kernels, one call of the layer with a batch of 7, when all is packed that is kept. */
const KERNELS_PER_CALL: Record<string, number> = {
  Linear: 3,
  "Linear of 256": 3,
  LinearGeneral: 3,
  Einsum: 3,
  "Einsum of vectors, with a bias": 3,
  "Conv of 1 axis": 1,
  "Conv of 2 axes": 1,
  "Conv of 3 axes": 1,
  ConvTranspose: 1,
  "ConvTranspose, circular": 2,
  Embed: 0,
  "Embed.attend": 2,
  LayerNorm: 1,
  "LayerNorm of two axes": 17,
  RMSNorm: 1,
  GroupNorm: 49,
  InstanceNorm: 49,
  "BatchNorm in use": 2,
  SpectralNorm: 22,
  WeightNorm: 10,
  "Dropout, deterministic": 0,
  MultiHeadAttention: 117,
  "MultiHeadAttention with normalized queries and keys": 73,
  LSTMCell: 23,
  OptimizedLSTMCell: 8,
  GRUCell: 7,
  SimpleCell: 7,
  RNN: 24,
  "RNN, reversed": 30,
  Bidirectional: 48,
  LoRA: 4,
  LoRALinear: 8,
  PReLU: 1,
  Sequential: 7,
};

describe("through the public door", () => {
  const counts: Counts = {};
  let flaxen: typeof Flaxen;
  let layers: readonly EveryLayer[];

  beforeAll(async () => {
    const { Instance, Module, RuntimeError } = WebAssembly;
    class Counting {
      readonly exports: object;
      constructor(...args: ConstructorParameters<typeof Instance>) {
        this.exports = counted(new Instance(...args).exports as unknown as KernelExports, counts);
      }
    }
    vi.resetModules();
    vi.stubGlobal("WebAssembly", { Module, RuntimeError, Instance: Counting });
    flaxen = await import("../../src/index.ts");
    layers = (await import("../nnx/nn/everylayer.ts")).LAYERS;
    flaxen.backend();
    // All modules are loaded anew.
  }, 60_000);

  afterAll(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  function callsOf(run: () => unknown): Counts {
    for (const name of Object.keys(counts)) delete counts[name];
    run();
    return { ...counts };
  }

  it("every layer packs its weights by its third call, and calls as many kernels as it needs", () => {
    flaxen.useBackend("wasm");
    const totals: Record<string, number> = {};
    const packing: string[] = [];
    for (const item of layers) {
      const { layer, run } = item.make(new flaxen.nnx.Rngs(0), {});
      const x = flaxen.numpy.ones([7, ...item.shape], item.dtype);
      for (let call = 0; call < 3; call++) run(layer, x);
      const { packPanelsF32 = 0, ...others } = callsOf(() => run(layer, x));
      totals[item.name] = Object.values(others).reduce((sum, n) => sum + n, 0);
      if (packPanelsF32 > 0) packing.push(item.name);
    }
    expect(packing).toEqual(PACKING);
    expect(totals).toEqual(KERNELS_PER_CALL);
  });

  it.each<[string, number, (n: number) => unknown]>([
    ["add", 32, (n) => flaxen.numpy.add(ones(n), ones(n))],
    ["add of a number", 32, (n) => flaxen.numpy.add(ones(n), 2)],
    ["greater", 32, (n) => flaxen.numpy.greater(ones(n), ones(n))],
    ["where", 32, (n) => flaxen.numpy.where(flags(n), ones(n), ones(n))],
    ["relu", 32, (n) => flaxen.nnx.relu(ones(n))],
    ["gelu", 3, (n) => flaxen.nnx.gelu(ones(n))],
    ["exp", 3, (n) => flaxen.numpy.exp(ones(n))],
    ["power", 3, (n) => flaxen.numpy.power(ones(n), ones(n))],
    ["sum", 32, (n) => flaxen.numpy.sum(ones(n))],
    ["softmax", 8, (n) => flaxen.nnx.softmax(ones(n))],
    ["uniform", 8, (n) => flaxen.random.uniform(flaxen.random.key(0), [n])],
    ["bits", 8, (n) => flaxen.random.bits(flaxen.random.key(0), [n])],
    ["normal", 1, (n) => flaxen.random.normal(flaxen.random.key(0), [n])],
    ["x @ W", 64, (n) => flaxen.numpy.matmul(ones(n), ones(n, 1))],
    ["X @ W", 96, (n) => flaxen.numpy.matmul(ones(2, n >> 1), ones(n >> 1, 1))],
  ])("%s goes to WebAssembly from %d on, and not before", (_, from, run) => {
    flaxen.useBackend("auto");
    flaxen.backend();
    expect(callsOf(() => run(from - 1))).toEqual({});
    expect(callsOf(() => run(from))).not.toEqual({});
  });

  it("averages of windows are divided in the pass that sums them, but for one feature without the padding", () => {
    flaxen.useBackend("wasm");
    const pool = (features: number, countIncludePad: boolean): Counts =>
      callsOf(() =>
        flaxen.nnx.avgPool(flaxen.numpy.ones([2, 6, 6, features]), [3, 3], { padding: "SAME", countIncludePad }),
      );
    for (const features of [1, 5]) expect(pool(features, true)).toEqual({ poolF32: 1 });
    expect(pool(5, false)).toEqual({ poolF32: 1 });
    // A division for each image.
    expect(pool(1, false)).toEqual({ poolF32: 2, binaryF32: 2 });
  });

  it("running sums are made in blocks from the first term on that does not fit into one of 1,024", () => {
    flaxen.useBackend("wasm");
    const sums = (n: number): Counts => callsOf(() => flaxen.numpy.cumsum(flaxen.numpy.ones([n])));
    expect(sums(1024)).toEqual({ cumulateRowsF32: 1 });
    expect(sums(1025)).toEqual({ cumulateRowsF32: 3 });
  });

  it("keys and values that are attended to again are packed once", () => {
    flaxen.useBackend("wasm");
    const drawn = (seed: number, n: number): Flaxen.NDArray =>
      flaxen.random.normal(flaxen.random.key(seed), [n, 4, 32]);
    const [query, key, value] = [drawn(1, 2), drawn(2, 256), drawn(3, 256)];
    const results: unknown[] = [];
    const attend = (): Counts =>
      callsOf(() => results.push(flaxen.nnx.dotProductAttention(query, key, value).tolist()));
    const steps = { scoresF32: 4, binaryF32: 1, weightsF32: 1, outputsF32: 4 };
    for (let use = 0; use < 2; use++) expect(attend()).toEqual({ packKeysF32: 4, ...steps });
    expect(attend()).toEqual({ packKeysF32: 4, packValuesF32: 4, ...steps });
    expect(attend()).toEqual(steps);
    for (const result of results) expect(result).toEqual(results[0]);
    // From here on their contents may change.
    value.data[0] = 100;
    expect(attend()).toEqual(steps);
    expect(results[4]).not.toEqual(results[0]);
    key.data[0] = 100;
    expect(attend()).toEqual({ packKeysF32: 4, ...steps });
    // Small arrays, and those of many queries, are not kept.
    const small = drawn(4, 64);
    for (let i = 0; i < 4; i++)
      expect(callsOf(() => flaxen.nnx.dotProductAttention(query, small, small))).toEqual({
        packKeysF32: 4,
        ...steps,
      });
  });

  it.each(["float32", "bfloat16"] as const)("weights in bfloat16 are read narrow, for inputs in %s", (dtype) => {
    flaxen.useBackend("wasm");
    const { nnx, random } = flaxen;
    const [kernelInit, rngs] = [nnx.initializers.uniform(1), new nnx.Rngs(0)];
    const options = { paramDtype: "bfloat16", kernelInit, useBias: false, rngs } as const;
    const linear = new nnx.Linear(32, 48, options);
    const general = new nnx.LinearGeneral(32, [4, 12], options);
    const pointwise = new nnx.Conv(32, 48, [1, 1], options);
    const embed = new nnx.Embed(48, 32, { paramDtype: "bfloat16", embeddingInit: kernelInit, rngs });
    const x = random.normal(random.key(1), [1, 32]).astype(dtype);
    for (const run of [
      () => linear(x),
      () => general(x),
      () => pointwise(x.reshape([1, 1, 1, 32])),
      () => embed.attend(x),
    ]) {
      // A table that attends is transposed once it is used again, and packed then.
      for (let use = 0; use < 4; use++) run();
      expect(callsOf(run)).toEqual({ matvecHalfF32: 1 });
    }
  });

  it("softmax goes along columns from eight neighbours and 256 elements on, and is transposed before", () => {
    flaxen.useBackend("wasm");
    const { softmax, logSoftmax } = flaxen.nnx;
    const along = (n: number, inner: number): Counts => callsOf(() => softmax(ones(n, inner), { axis: 0 }));
    const transposed = { transposeF32: 2, softmaxF32: 1 };
    const columns = { shiftColumnsF32: 1, addPartsF32: 1, combinePartsF32: 1, normalizeColumnsF32: 1 };
    expect(along(64, 7)).toEqual(transposed);
    expect(along(31, 8)).toEqual(transposed);
    expect(along(32, 8)).toEqual({ ...columns, unaryF32: 1 });
    expect(callsOf(() => logSoftmax(ones(32, 8), { axis: 0 }))).toEqual({ ...columns, unaryF32: 2 });
    expect(along(32, 1)).toEqual({ softmaxF32: 1 });
    expect(callsOf(() => softmax(ones(8, 32)))).toEqual({ softmaxF32: 1 });
  });

  it("a batch of products of matrices up to 4,096 elements is one call", () => {
    flaxen.useBackend("wasm");
    const batchCalls = (rows: number, k: number, m: number): number | undefined =>
      callsOf(() => flaxen.numpy.matmul(ones(2, rows, k), ones(2, k, m)))["matmulBatchF32"];
    expect(batchCalls(64, 64, 64)).toBe(1);
    for (const [rows, k, m] of [
      [65, 64, 1],
      [1, 64, 65],
      [65, 1, 64],
    ] as const)
      expect(batchCalls(rows, k, m), `${rows}, ${k}, ${m}`).toBeUndefined();
  });

  it("useBackend forces every size to one side", () => {
    const run = (): unknown => flaxen.numpy.add(ones(2), ones(2));
    flaxen.useBackend("wasm");
    expect(callsOf(run)).toEqual({ binaryF32: 1 });
    flaxen.useBackend("core");
    expect(callsOf(run)).toEqual({});
    expect(callsOf(() => flaxen.numpy.add(ones(1000), ones(1000)))).toEqual({});
  });

  const ones = (...shape: number[]): Flaxen.NDArray => flaxen.numpy.ones(shape);
  const flags = (n: number): Flaxen.NDArray => flaxen.numpy.ones([n], "bool");
});
