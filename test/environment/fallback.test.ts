import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { moduleBasicsForward } from "../../src/index.ts";
import type * as Flaxen from "../../src/index.ts";

const EXPECTED = moduleBasicsForward(
  3,
  Float32Array.from({ length: 40 }, (_, i) => i / 7),
  33,
).tolist();

/** The package as a page would load it anew, after `patch` changed its world. */
async function load(patch: () => void): Promise<typeof Flaxen> {
  vi.resetModules();
  patch();
  return import("../../src/index.ts");
}

function forward({ moduleBasicsForward: run }: typeof Flaxen): unknown {
  return run(
    3,
    Float32Array.from({ length: 40 }, (_, i) => i / 7),
    33,
  ).tolist();
}

const { Module, Instance, RuntimeError, CompileError } = WebAssembly;

/** WebAssembly with one of its parts replaced. */
function stubWebAssembly(parts: Partial<Record<"Module" | "Instance", unknown>>): void {
  vi.stubGlobal("WebAssembly", { Module, Instance, RuntimeError, ...parts });
}

beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.resetModules();
});

it("in Node the fast path is really taken", async () => {
  const flaxen = await load(() => {});
  expect(flaxen.backend()).toEqual({ name: "wasm", reason: "WebAssembly SIMD compiled and passed the self-test" });
  expect(forward(flaxen)).toEqual(EXPECTED);
  expect(console.warn).not.toHaveBeenCalled();
});

/** Counts the modules that are compiled. */
function countCompiled(): { patch: () => void; compiled: () => number } {
  let compiled = 0;
  const counting = new Proxy(Module, {
    construct(target, args) {
      compiled++;
      return Reflect.construct(target, args) as object;
    },
  });
  return { patch: () => stubWebAssembly({ Module: counting }), compiled: () => compiled };
}

it("nothing is compiled at import; init() is optional and 100 of them at once make one instance", async () => {
  const { patch, compiled } = countCompiled();
  const flaxen = await load(patch);
  expect(compiled()).toBe(0);
  const all = await Promise.all(Array.from({ length: 100 }, () => flaxen.init()));
  expect(all.every(({ name }) => name === "wasm")).toBe(true);
  forward(flaxen);
  expect(compiled()).toBe(1);
});

it("the core does the first small work; after enough of it WebAssembly is compiled, with the same bits", async () => {
  const { patch, compiled } = countCompiled();
  const flaxen = await load(patch);
  const draw = (seed: number): unknown => flaxen.random.normal(flaxen.random.key(seed), [128]).tolist();
  const small = [0, 1, 2, 3].map(draw);
  expect(compiled()).toBe(0);
  draw(4);
  expect(compiled()).toBe(1);
  expect([0, 1, 2, 3].map(draw)).toEqual(small);
});

it("large work compiles WebAssembly at once", async () => {
  const { patch, compiled } = countCompiled();
  const flaxen = await load(patch);
  flaxen.random.normal(flaxen.random.key(0), [513]);
  expect(compiled()).toBe(1);
});

describe.each([
  [
    "147: a content security policy forbids compiling",
    () => stubWebAssembly({ Module: refusing("blocked by Content Security Policy") }),
    /does not compile the kernels.*blocked by Content Security Policy/,
  ],
  [
    "149: the engine has no SIMD",
    () => stubWebAssembly({ Module: refusing("invalid opcode 0xfd") }),
    /does not compile the kernels.*invalid opcode/,
  ],
  ["149: there is no WebAssembly", () => vi.stubGlobal("WebAssembly", undefined), /no WebAssembly/],
  [
    "the instance is refused",
    () => stubWebAssembly({ Instance: refusing("out of memory") }),
    /does not instantiate the kernels.*out of memory/,
  ],
] as const)("%s", (_, patch, reason) => {
  it("the TypeScript core gives the same bits; one warning says why", async () => {
    const flaxen = await load(patch);
    expect(flaxen.backend().name).toBe("core");
    expect(flaxen.backend().reason).toMatch(reason);
    expect(forward(flaxen)).toEqual(EXPECTED);
    expect(forward(flaxen)).toEqual(EXPECTED);
    expect(console.warn).toHaveBeenCalledTimes(1);
  });

  it("forcing wasm is an EnvError with the reason, and the backend stays", async () => {
    const flaxen = await load(patch);
    flaxen.useBackend("core");
    expect(() => flaxen.useBackend("wasm")).toThrow(flaxen.EnvError);
    expect(() => flaxen.useBackend("wasm")).toThrow(/^BackendUnavailable: /);
    expect(flaxen.backend()).toEqual({ name: "core", reason: 'forced by useBackend("core")' });
  });
});

function refusing(message: string): unknown {
  return class {
    constructor() {
      throw new CompileError(message);
    }
  };
}

/** An instance whose normals are all 0. */
class Lying {
  readonly exports: object;
  constructor(module: WebAssembly.Module) {
    this.exports = { ...new Instance(module).exports, normalF32: () => {} };
  }
}

it("kernels that answer wrongly fail the self-test, and the core takes over", async () => {
  const flaxen = await load(() => stubWebAssembly({ Instance: Lying }));
  expect(flaxen.backend()).toEqual({
    name: "core",
    reason: "BackendUnavailable: WebAssembly failed the start-up self-test: normal",
  });
  expect(forward(flaxen)).toEqual(EXPECTED);
});

describe("a patched host", () => {
  it("156: a Math.fround that does not round is noticed at start-up: EnvError NonIeeeHost", async () => {
    const flaxen = await load(() => vi.spyOn(Math, "fround").mockImplementation((x) => x));
    expect(() => flaxen.backend()).toThrow(flaxen.EnvError);
    expect(() => flaxen.backend()).toThrow(/^NonIeeeHost: /);
  });

  it("150: a host that flushes subnormals is noticed: EnvError NonIeeeHost", async () => {
    const { fround } = Math;
    const flaxen = await load(() =>
      vi.spyOn(Math, "fround").mockImplementation((x) => (Math.abs(x) < 2 ** -126 ? 0 : fround(x))),
    );
    expect(() => flaxen.backend()).toThrow(/NonIeeeHost: .*matvec/);
  });

  it("156: a Math.fround patched after the import changes nothing", async () => {
    const flaxen = await load(() => {});
    flaxen.useBackend("core");
    vi.spyOn(Math, "fround").mockImplementation((x) => x);
    expect(forward(flaxen)).toEqual(EXPECTED);
  });

  it("156: polluted prototypes change nothing", async () => {
    const polluted = { shape: [1], dtype: "float32", kind: "Param", tag: "x", seed: 9 };
    try {
      for (const [name, value] of Object.entries(polluted))
        // oxlint-disable-next-line no-extend-native -- that is the pollution
        Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
      const flaxen = await load(() => {});
      expect(forward(flaxen)).toEqual(EXPECTED);
      const model = new flaxen.ModuleBasics(3, 4, new flaxen.nnx.Rngs(0));
      expect(flaxen.nnx.toFlatState(flaxen.nnx.state(model)).map(([path]) => path)).toEqual([["kernel"]]);
    } finally {
      for (const name of Object.keys(polluted)) delete (Object.prototype as Record<string, unknown>)[name];
    }
  });

  it("159: no TextDecoder, crypto, performance, atob or Buffer, and fake timers", async () => {
    vi.useFakeTimers();
    try {
      const flaxen = await load(() => {
        for (const name of [
          "TextDecoder",
          "TextEncoder",
          "crypto",
          "performance",
          "atob",
          "Buffer",
          "setTimeout",
          "queueMicrotask",
        ])
          vi.stubGlobal(name, undefined);
      });
      expect(flaxen.backend().name).toBe("wasm");
      expect(forward(flaxen)).toEqual(EXPECTED);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("155: two copies of the package in one page", () => {
  it("know each other's arrays, keys, Params and modules", async () => {
    const first = await load(() => {});
    const second = await load(() => {});
    expect(first.NDArray).not.toBe(second.NDArray);

    const foreign = second.numpy.array([1, 2, 3]);
    const model = new first.ModuleBasics(3, 4, new second.nnx.Rngs(0) as never);
    expect(model(foreign).tolist()).toEqual(moduleBasicsForward(0, [1, 2, 3], 4).tolist());
    expect(first.random.normal(second.random.key(5) as never, [2]).tolist()).toEqual(
      second.random.normal(second.random.key(5), [2]).tolist(),
    );

    const param = new second.nnx.Param([1, 2]);
    expect(param).toBeInstanceOf(first.nnx.Param);
    expect(param).not.toBeInstanceOf(first.nnx.BatchStat);
    expect(first.numpy.add(param as never, 1).tolist()).toEqual([2, 3]);
    class Layer extends second.nnx.Module {
      readonly weight = param;
    }
    expect(first.nnx.toFlatState(first.nnx.state(new Layer(), first.nnx.Param)).map(([path]) => path)).toEqual([
      ["weight"],
    ]);
  });
});

it("155: typed and plain arrays of another realm convert as our own do", async () => {
  const flaxen = await load(() => {});
  const foreign = runInNewContext("[Float32Array.of(1, 2), [[1, 2], [3, 4]], new BigInt64Array([7n])]") as [
    Float32Array,
    number[][],
    BigInt64Array,
  ];
  expect(foreign[0]).not.toBeInstanceOf(Float32Array);
  expect(foreign.map((x) => flaxen.numpy.array(x).tolist())).toEqual([
    [1, 2],
    [
      [1, 2],
      [3, 4],
    ],
    [7],
  ]);
});
