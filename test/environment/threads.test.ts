import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type * as Flaxen from "../../src/index.ts";
import type {
  AttentionKernels,
  AttentionSizes,
  ConvolutionKernels,
  GradientKernels,
  Kernels,
} from "../../src/base/index.ts";
import {
  createWasmAttention,
  createWasmConvolution,
  createWasmGradients,
  createWasmKernels,
  startThreadPool,
} from "../../src/wasm/index.ts";
import type { KernelExports, ThreadPool } from "../../src/wasm/index.ts";
import { CALLS, DONE, FAILED, TICKET } from "../../src/wasm/jobblock.ts";
import { Scheduler, SHARED_FROM, WorkerLost } from "../../src/wasm/scheduler.ts";
import { importMemory } from "../../src/wasm/sharedmemory.ts";
import { firstDifference } from "../bits.ts";
import { BACKENDS, floats } from "../contract/backends.ts";
import { elementsIn, windowsOf } from "../contract/inputs.ts";

const [core] = BACKENDS as [(typeof BACKENDS)[0]];
const { Module, Instance, RuntimeError } = WebAssembly;

const [N, M] = [640, 512];
const X = floats(N);
const W = floats(N * M);
const EXPECTED = new Float32Array(M);
core.matvecF32(X, W, EXPECTED, false);

let opened: (typeof Flaxen)[] = [];

/** The package as a page would load it anew, after `patch` changed its world. */
async function load(patch: () => void = () => {}): Promise<typeof Flaxen> {
  vi.resetModules();
  patch();
  const flaxen = await import("../../src/index.ts");
  opened.push(flaxen);
  return flaxen;
}

function product({ numpy }: typeof Flaxen): Float32Array {
  const w = numpy.array(W).reshape([N, M]);
  for (let call = 0; call < 2; call++) numpy.array(X).matmul(w);
  return numpy.array(X).matmul(w).data as Float32Array;
}

beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
});

afterEach(async () => {
  vi.unstubAllGlobals();
  for (const flaxen of opened) await flaxen.init({ threads: 1 });
  opened = [];
  vi.restoreAllMocks();
  vi.resetModules();
});

describe("init({ threads })", () => {
  it("says how many threads there are, and changes nothing without the option", async () => {
    const flaxen = await load();
    expect((await flaxen.init()).threads).toBe(1);
    expect(await flaxen.init({ threads: 2 })).toEqual({
      name: "wasm",
      reason: "WebAssembly SIMD compiled and passed the self-test",
      threads: 2,
    });
    expect((await flaxen.init()).threads).toBe(2);
    expect(firstDifference(product(flaxen), EXPECTED)).toBe(-1);
    expect((await flaxen.init({ threads: 3 })).threads).toBe(3);
    expect(firstDifference(product(flaxen), EXPECTED)).toBe(-1);
    expect((await flaxen.init({ threads: 1 })).threads).toBe(1);
    expect(firstDifference(product(flaxen), EXPECTED)).toBe(-1);
    expect(console.warn).not.toHaveBeenCalled();
  });

  it("changes come one after another, in the order of the calls", async () => {
    const flaxen = await load();
    const all = await Promise.all([2, 1, 3, 2].map((threads) => flaxen.init({ threads })));
    expect(all.map(({ name }) => name)).toEqual(["wasm", "wasm", "wasm", "wasm"]);
    expect((await flaxen.init()).threads).toBe(2);
  });

  it("finds the workers of a Node that has no getBuiltinModule", async () => {
    const flaxen = await load(() =>
      vi.stubGlobal("process", Object.create(process, { getBuiltinModule: { value: undefined } })),
    );
    expect((await flaxen.init({ threads: 2 })).threads).toBe(2);
  });

  it("counts the memory that threads share", async () => {
    const flaxen = await load();
    await flaxen.init({ threads: 2 });
    const before = flaxen.memoryInfo();
    product(flaxen);
    const after = flaxen.memoryInfo();
    expect([after.residents - before.residents, after.residentBytes - before.residentBytes]).toEqual([1, 4 * N * M]);
    expect(after.linearBytes).toBeGreaterThan(before.linearBytes);
  });

  it("counts for nothing on a forced core, and for products on a forced wasm", async () => {
    const flaxen = await load();
    flaxen.useBackend("core");
    expect(await flaxen.init({ threads: 2 })).toMatchObject({ name: "core", threads: 1 });
    expect(firstDifference(product(flaxen), EXPECTED)).toBe(-1);
    flaxen.useBackend("wasm");
    expect(await flaxen.init()).toMatchObject({ name: "wasm", threads: 2 });
    expect(firstDifference(product(flaxen), EXPECTED)).toBe(-1);
  });

  it.each([
    ["2", TypeError],
    [null, TypeError],
    [0, RangeError],
    [-1, RangeError],
    [65, RangeError],
    [NaN, RangeError],
    [Infinity, RangeError],
  ])("refuses %j", async (threads, kind) => {
    const flaxen = await load();
    await expect(flaxen.init({ threads: threads as number })).rejects.toThrow(kind);
    await expect(flaxen.init({ threads: threads as number })).rejects.toThrow(/^init: "threads" expected .*, got /);
    expect((await flaxen.init()).threads).toBe(1);
  });
});

function failing(message: string): unknown {
  return class {
    constructor() {
      throw new Error(message);
    }
  };
}

/** Node without its worker_threads. */
function withoutNode(): void {
  vi.stubGlobal("process", Object.create(process, { versions: { value: {} } }));
}

describe.each([
  [
    "there is no shared memory",
    () => vi.stubGlobal("SharedArrayBuffer", undefined),
    /no SharedArrayBuffer.*Cross-Origin-Opener-Policy/,
  ],
  [
    "the page is not cross-origin isolated",
    () => vi.stubGlobal("crossOriginIsolated", false),
    /this page is not isolated.*Cross-Origin-Embedder-Policy/,
  ],
  [
    "the engine makes no shared memory",
    () => vi.stubGlobal("WebAssembly", { Module, Instance, RuntimeError, Memory: failing("out of memory") }),
    /shared memory.*out of memory/,
  ],
  ["there are no workers", () => (withoutNode(), vi.stubGlobal("Worker", undefined)), /no workers/],
  [
    "a policy forbids the worker",
    () => (withoutNode(), vi.stubGlobal("Worker", failing("blocked by Content Security Policy"))),
    /blocked by Content Security Policy/,
  ],
  ["there is no WebAssembly", () => vi.stubGlobal("WebAssembly", undefined), /no WebAssembly/],
] as const)("where %s", (_, patch, reason) => {
  it("one thread goes on with the same bits; the reason and one warning say why", async () => {
    const flaxen = await load(patch);
    const info = await flaxen.init({ threads: 4 });
    expect(info.threads).toBe(1);
    expect(info.reason).toMatch(reason);
    expect(firstDifference(product(flaxen), EXPECTED)).toBe(-1);
    await flaxen.init({ threads: 2 });
    expect(console.warn).toHaveBeenCalledTimes(1);
  });
});

/** Kernels with a pool whose own exports are `replace`d. */
function withPool(replace: Partial<KernelExports>): {
  kernels: ReturnType<typeof createWasmKernels>;
  closed: () => number;
} {
  let closed = 0;
  const link = (module: object): KernelExports => ({
    ...(new Instance(module as WebAssembly.Module).exports as unknown as KernelExports),
    ...replace,
  });
  const pool: ThreadPool = { threads: 2, kernels: createWasmKernels(undefined, link), close: () => closed++ };
  const kernels = createWasmKernels();
  kernels.attachPool(pool);
  return { kernels, closed: () => closed };
}

/**
 * A scheduler without workers. Its kernel, on the main thread, acts like a worker that takes a call and never finishes
 * it.
 */
function schedulerThatLoses(then: (words: Int32Array) => void): () => void {
  const exports = {
    matvecHalfF32: () => {},
    matmulPanelsF32: () => {},
    matmulBatchF32: () => {},
    matvecPanelsF32: () => {
      const words = new Int32Array(scheduler.control);
      const ticket = Atomics.load(words, TICKET);
      if ((ticket & CALLS) > 0) Atomics.compareExchange(words, TICKET, ticket, ticket - 1);
      then(words);
    },
  } as unknown as KernelExports;
  const scheduler = new Scheduler(2, exports, 20);
  return () => scheduler.split(exports).matvecPanelsF32(0, 0, 0, SHARED_FROM, 256);
}

describe("a worker that is lost", () => {
  it("in the middle of a product: the product is right, and one thread goes on", () => {
    const { kernels, closed } = withPool({
      matvecPanelsF32: () => {
        throw new WorkerLost("a test");
      },
    });
    for (let call = 0; call < 4; call++) {
      const out = new Float32Array(M);
      kernels.matvecF32(X, W, out, true);
      expect(firstDifference(out, EXPECTED)).toBe(-1);
    }
    expect([kernels.threads, closed()]).toEqual([1, 1]);
  });

  it("between two products: the main thread does all", async () => {
    const pool = await startThreadPool(2);
    const kernels = createWasmKernels();
    kernels.attachPool(pool);
    for (let call = 0; call < 4; call++) {
      const out = new Float32Array(M);
      kernels.matvecF32(X, W, out, true);
      expect(firstDifference(out, EXPECTED)).toBe(-1);
      if (call === 1) pool.close();
    }
  });

  it("is noticed when it does not end its part in time", () => {
    expect(schedulerThatLoses(() => {})).toThrow(WorkerLost);
    expect(schedulerThatLoses(() => {})).toThrow("a worker did not finish its part in 20 ms");
  });

  it("is noticed at once when a kernel traps in it", () => {
    expect(schedulerThatLoses((words) => Atomics.store(words, FAILED, 1))).toThrow("a kernel trapped in a worker");
  });

  it("is waited for as long as it may take", () => {
    expect(schedulerThatLoses((words) => void Atomics.add(words, DONE, 1))).not.toThrow();
  });
});

describe("attention on several threads", () => {
  const [n, heads, width] = [128, 4, 64];
  const sizes = { batch: 1, queries: n, keys: n, capacity: n, heads, kvHeads: heads, width, valueWidth: width };
  const arrays = [1, 2, 3].map((seed) => floats(n * heads * width, seed)) as [Float32Array, Float32Array, Float32Array];
  const attend = ({ attentionF32 }: AttentionKernels): Float32Array => {
    const out = new Float32Array(n * heads * width).fill(NaN);
    attentionF32(...arrays, out, sizes, { scale: 0.125, masked: -1e30 }, true);
    return out;
  };
  const expected = attend(createWasmAttention(createWasmKernels()));

  it("has the bits of one, whether its kernels were opened before the threads or after them", async () => {
    const kernels = createWasmKernels();
    const before = createWasmAttention(kernels);
    kernels.attachPool(await startThreadPool(2));
    const shared = kernels.linearBytes;
    for (const family of [before, createWasmAttention(kernels), before])
      expect(firstDifference(attend(family), expected)).toBe(-1);
    expect(kernels.linearBytes, "the threads' memory was used").toBeGreaterThan(shared);
    kernels.attachPool(undefined);
    expect(firstDifference(attend(before), expected)).toBe(-1);
    kernels.attachPool(await startThreadPool(3));
    expect(firstDifference(attend(before), expected)).toBe(-1);
    kernels.attachPool(undefined);
  });

  it("goes on without workers that ended", async () => {
    const kernels = createWasmKernels();
    const pool = await startThreadPool(2);
    kernels.attachPool(pool);
    const family = createWasmAttention(kernels);
    for (let call = 0; call < 4; call++) {
      expect(firstDifference(attend(family), expected)).toBe(-1);
      if (call === 1) pool.close();
    }
  });

  it("is one thread's when a worker is lost", () => {
    const { kernels, closed } = withLostWorker();
    expect(firstDifference(attend(createWasmAttention(kernels)), expected)).toBe(-1);
    expect([kernels.threads, closed()]).toEqual([1, 1]);
  });
});

/** The products of `count` pairs of matrices. */
function multiplyPairs(kernels: Kernels, [count, rows, n, m]: readonly number[]): Float32Array {
  const out = new Float32Array(count! * rows! * m!).fill(NaN);
  kernels.matmulBatchF32(floats(count! * rows! * n!, 1), floats(count! * n! * m!, 2), out, count!, rows!);
  return out;
}

describe("pairs of small matrices on several threads", () => {
  it.each([2, 4])("have the bits of one on %i, and are shared where each repays it", async (threads) => {
    const runs = vi.spyOn(Scheduler.prototype, "run");
    const one = createWasmKernels();
    const kernels = createWasmKernels();
    kernels.attachPool(await startThreadPool(threads));
    for (const [sizes, shared] of [
      [[4, 64, 64, 64], true],
      [[5, 63, 65, 61], true],
      [[130, 63, 64, 63], true],
      [[16, 16, 64, 64], true],
      [[3, 64, 64, 64], false],
      [[40, 15, 64, 64], false],
      [[600, 16, 16, 16], false],
    ] as const) {
      runs.mockClear();
      expect(firstDifference(multiplyPairs(kernels, sizes), multiplyPairs(one, sizes)), sizes.join()).toBe(-1);
      expect(runs.mock.calls.length > 0, sizes.join()).toBe(shared);
    }
    kernels.attachPool(undefined);
  });

  it("are one thread's when a worker is lost", () => {
    const sizes = [4, 64, 64, 64];
    const { kernels, closed } = withPool({
      matmulBatchF32: () => {
        throw new WorkerLost("a test");
      },
    });
    expect(firstDifference(multiplyPairs(kernels, sizes), multiplyPairs(createWasmKernels(), sizes))).toBe(-1);
    expect([kernels.threads, closed()]).toEqual([1, 1]);
  });
});

/** Of 16 numbers a place in, and 32 out, in `groups` groups, with a bias. */
function convolve({ convolveF32 }: ConvolutionKernels, places: number, groups: number): Float32Array {
  const windows = windowsOf(2, 16 * places, places, 16, 3, 16 / groups);
  const out = new Float32Array(2 * places * 32).fill(NaN);
  const w = floats((48 / groups) * 32, 2);
  convolveF32(floats(elementsIn({ ...windows, run: 16 }), 1), w, floats(32, 3), out, windows, true, groups);
  return out;
}

/** 30 lines, of 100 features, by windows of `runs` runs. */
function depthwise({ depthwiseF32 }: ConvolutionKernels, places: number, runs: number): Float32Array {
  const windows = windowsOf(30, 100 * places, places, 100, runs, 100);
  const out = new Float32Array(30 * places * 100).fill(NaN);
  depthwiseF32(floats(elementsIn(windows), 1), floats(runs * 100, 2), floats(100, 3), out, windows);
  return out;
}

/** The gradient of a kernel of three runs, to 128 outputs. */
function kernelGradient({ convolveKernelF32 }: GradientKernels, places: number, run: number): Float32Array {
  const windows = windowsOf(2, run * places + run, places, run, 3, run);
  const out = new Float32Array(3 * run * 128).fill(NaN);
  convolveKernelF32(floats(elementsIn(windows), 1), floats(2 * places * 128, 2), out, windows);
  return out;
}

/** Of heads of four numbers, as many as `heads` of keys and values. */
function headsOf(queries: number, keys: number, heads: number): AttentionSizes {
  return { batch: 1, queries, keys, capacity: keys, heads, kvHeads: heads, width: 4, valueWidth: 4 };
}

function attend({ attentionF32 }: AttentionKernels, queries: number, keys: number): Float32Array {
  const [q, k] = [queries * 16, keys * 16];
  const out = new Float32Array(q).fill(NaN);
  const options = { scale: 0.125, masked: -1e30 };
  attentionF32(floats(q, 1), floats(k, 2), floats(k, 3), out, headsOf(queries, keys, 4), options, true);
  return out;
}

/** The gradient of attention to queries and keys; 1,024 keys, and 16 numbers a query in all. */
function attentionGradient({ attentionBackF32 }: GradientKernels, queries: number, heads: number): Float32Array {
  const sizes = { ...headsOf(queries, 1024, heads), width: 16 / heads, valueWidth: 1 };
  const [q, k, v] = [queries * 16, 1024 * 16, 1024 * heads];
  const out = { query: new Float32Array(q), key: new Float32Array(k), value: new Float32Array(v) };
  const options = { scale: 0.125, masked: -1e30 };
  attentionBackF32(floats(queries * heads, 1), floats(q, 2), floats(k, 3), floats(v, 4), out, sizes, options, true);
  return Float32Array.of(...out.query, ...out.key);
}

describe.each([
  [
    "attention",
    (kernels: ReturnType<typeof createWasmKernels>) => {
      const family = createWasmAttention(kernels);
      return (queries: number, keys: number) => attend(family, queries, keys);
    },
    [
      [256, 512, true],
      [255, 512, false],
      [8, 16_384, true],
      [7, 32_768, false],
    ],
  ],
  [
    "the gradient of attention",
    (kernels: ReturnType<typeof createWasmKernels>) => {
      const family = createWasmGradients(kernels);
      return (queries: number, heads: number) => attentionGradient(family, queries, heads);
    },
    [
      [256, 2, true],
      [255, 2, false],
      [300, 1, false],
    ],
  ],
  [
    "a convolution",
    (kernels: ReturnType<typeof createWasmKernels>) => {
      const family = createWasmConvolution(kernels);
      return (places: number, groups: number) => convolve(family, places, groups);
    },
    [
      [171, 1, true],
      [170, 1, false],
      [342, 2, true],
      [341, 2, false],
    ],
  ],
  [
    "a depthwise convolution",
    (kernels: ReturnType<typeof createWasmKernels>) => {
      const family = createWasmConvolution(kernels);
      return (places: number, runs: number) => depthwise(family, places, runs);
    },
    [
      [28, 25, true],
      [27, 25, false],
      [40, 24, false],
      [1, 700, false],
    ],
  ],
  [
    "the gradient of a convolution's kernel",
    (kernels: ReturnType<typeof createWasmKernels>) => {
      const family = createWasmGradients(kernels);
      return (places: number, run: number) => kernelGradient(family, places, run);
    },
    [
      [171, 4, true],
      [170, 4, false],
      [2000, 2, false],
      [2000, 3, true],
    ],
  ],
] as const)("%s on several threads", (_, open, cases) => {
  const one = open(createWasmKernels());

  it("is shared where it is large enough, and has the bits of one", async () => {
    const runs = vi.spyOn(Scheduler.prototype, "run");
    const kernels = createWasmKernels();
    const before = open(kernels);
    for (const threads of [2, 4]) {
      kernels.attachPool(await startThreadPool(threads));
      for (const work of [before, open(kernels)])
        for (const [places, size, shared] of cases) {
          runs.mockClear();
          expect(firstDifference(work(places, size), one(places, size))).toBe(-1);
          expect(runs.mock.calls.length > 0, `${places} places of ${size}`).toBe(shared);
        }
    }
    kernels.attachPool(undefined);
  });

  it("is one thread's when a worker is lost", () => {
    const [places, size] = cases[0];
    const { kernels, closed } = withLostWorker();
    expect(firstDifference(open(kernels)(places, size), one(places, size))).toBe(-1);
    expect([kernels.threads, closed()]).toEqual([1, 1]);
  });
});

/** Kernels with two threads, of which one is lost in any work that is shared. */
function withLostWorker(): { kernels: ReturnType<typeof createWasmKernels>; closed: () => number } {
  const lost = { begin: () => {}, recorder: (exports: object) => exports, threads: 2, add: () => {} };
  let closed = 0;
  const own = createWasmKernels(undefined, undefined, {
    scheduler: Object.assign(Object.create(new Scheduler(2, {})) as Scheduler, lost, {
      useScratch: () => {},
      split: (exports: object) => exports,
      run: () => {
        throw new WorkerLost("a test");
      },
    }),
  });
  const kernels = createWasmKernels();
  kernels.attachPool({ threads: 2, kernels: own, close: () => closed++ });
  return { kernels, closed: () => closed };
}

it("a trap in a product on several threads is an EngineError; one thread goes on", () => {
  const { kernels } = withPool({
    matvecPanelsF32: () => {
      throw new RuntimeError("unreachable");
    },
  });
  const out = new Float32Array(M);
  kernels.matvecF32(X, W, out, true);
  expect(() => kernels.matvecF32(X, W, out, true)).toThrow(/matvecF32 trapped/);
  kernels.matvecF32(X, W, out, true);
  expect(firstDifference(out, EXPECTED)).toBe(-1);
  expect(kernels.threads).toBe(1);
});

it("a process with threads ends by itself", () => {
  const program = `
    const { init, numpy } = await import(${JSON.stringify(new URL("../../dist/index.js", import.meta.url).href)});
    const { threads } = await init({ threads: 3 });
    const w = numpy.ones([700, 600]);
    for (let call = 0; call < 5; call++) numpy.ones([5, 700]).matmul(w);
    console.log(threads);
  `;
  const output = execFileSync(process.execPath, ["--no-warnings", "--input-type=module", "--eval", program], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    encoding: "utf8",
    timeout: 30_000,
  });
  expect(output.trim()).toBe("3");
});

function module(...sections: number[][]): Uint8Array<ArrayBuffer> {
  return new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flat()]);
}

describe("importMemory", () => {
  const SECTIONS = {
    type: [1, 4, 1, 0x60, 0, 0],
    custom: [0, 2, 1, 0x78],
    memory: [5, 3, 1, 0, 8],
    imports: [2, 1, 0],
  };

  it("puts an import of shared memory in the memory's place, behind the types", () => {
    const { bytes, pages } = importMemory(module(SECTIONS.custom, SECTIONS.type, SECTIONS.memory), 65536);
    expect(pages).toBe(8);
    const imports = [2, 18, 1, 3, ..."env"].map((part) => (typeof part === "string" ? part.charCodeAt(0) : part));
    expect([...bytes]).toEqual([
      ...module(SECTIONS.custom, SECTIONS.type),
      ...imports,
      6,
      ...[..."memory"].map((letter) => letter.charCodeAt(0)),
      2,
      3,
      8,
      0x80,
      0x80,
      4,
    ]);
    expect(() => new Module(bytes)).not.toThrow();
  });

  it("refuses a module that imports something, or has no memory", () => {
    expect(() => importMemory(module(SECTIONS.imports, SECTIONS.memory), 1)).toThrow(/has imports/);
    expect(() => importMemory(module(SECTIONS.type), 1)).toThrow(/no memory/);
  });
});
