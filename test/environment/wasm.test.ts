import { describe, expect, it } from "vitest";
import { EngineError, EnvError } from "../../src/index.ts";
import * as shipped from "../../src/wasm/bytes.ts";
import { createWasmKernels } from "../../src/wasm/index.ts";
import type { KernelExports } from "../../src/wasm/index.ts";
import { firstDifference } from "../bits.ts";
import { BACKENDS, floats } from "../contract/backends.ts";

const [core] = BACKENDS as [(typeof BACKENDS)[0]];

/** The real kernels' exports, some replaced. */
function link(
  replace: (exports: KernelExports, instance: number) => Partial<KernelExports>,
): (module: object) => KernelExports {
  let instances = 0;
  return (module) => {
    const exports = new WebAssembly.Instance(module as WebAssembly.Module).exports as unknown as KernelExports;
    return { ...exports, ...replace(exports, ++instances) };
  };
}

describe("148: damaged bytes", () => {
  it.each([
    ["truncated", { ...shipped, TEXT: shipped.TEXT.slice(0, 1000) }],
    ["empty", { ...shipped, TEXT: "" }],
    ["one character too many", { ...shipped, TEXT: `${shipped.TEXT} ` }],
    ["no characters of ours", { ...shipped, TEXT: `${shipped.TEXT.slice(0, 5000)}"\\${shipped.TEXT.slice(5002)}` }],
    [
      "a letter outside of ASCII",
      { ...shipped, TEXT: `${shipped.TEXT.slice(0, 5000)}\u00e4${shipped.TEXT.slice(5001)}` },
    ],
    ["one character changed", { ...shipped, TEXT: changed(shipped.TEXT, 5000) }],
    ["the last character changed", { ...shipped, TEXT: changed(shipped.TEXT, shipped.TEXT.length - 1) }],
    ["an operand too few", { ...shipped, LOCALS: shipped.LOCALS.slice(1) }],
    ["an operand too many", { ...shipped, LOCALS: `${shipped.LOCALS} ` }],
    ["an operand changed", { ...shipped, LOCALS: changed(shipped.LOCALS, 700) }],
    ["another choice of frequent bytes", { ...shipped, FREQUENT: shipped.FREQUENT.split("").toReversed().join("") }],
  ])("%s are refused by their length or checksum, before they are used", (_, payload) => {
    expect(() => createWasmKernels(payload)).toThrow(EnvError);
    expect(() => createWasmKernels(payload)).toThrow(/^BackendUnavailable: .*(bytes of kernels|checksum|damaged)/);
  });

  it("a module that is no module is refused by the engine", () => {
    expect(() => createWasmKernels(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 9]))).toThrow(
      /does not compile the kernels/,
    );
  });
});

/** The text with another character at a place. */
function changed(text: string, at: number): string {
  return text.slice(0, at) + (text[at] === "x" ? "y" : "x") + text.slice(at + 1);
}

describe("154: a trap inside a kernel", () => {
  /** A module with one function, `trap`, that is nothing but `unreachable`. */
  const TRAP = new Uint8Array([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 0x74, 0x72, 0x61, 0x70, 0, 0, 10, 5,
    1, 3, 0, 0, 0x0b,
  ]);
  const { trap } = new WebAssembly.Instance(new WebAssembly.Module(TRAP)).exports as { trap: () => void };

  it("is an EngineError with its cause, and the next call works on a new instance", () => {
    const kernels = createWasmKernels(
      undefined,
      link((_, instance) => (instance === 1 ? { normalF32: trap } : {})),
    );
    const out = new Float32Array(100);
    expect(() => kernels.normalF32(0, 42, 0, out, true)).toThrow(EngineError);
    kernels.normalF32(0, 42, 0, out, true);
    const expected = new Float32Array(100);
    core.normalF32(0, 42, 0, expected, true);
    expect(firstDifference(out, expected)).toBe(-1);
  });

  it("loses no weights: a kept matrix answers as before, from a new copy", () => {
    const kernels = createWasmKernels(
      undefined,
      link((_, instance) => (instance === 1 ? { bits32: trap } : {})),
    );
    const x = floats(64);
    const w = floats(64 * 64);
    const before = new Float32Array(64);
    for (let call = 0; call < 3; call++) kernels.matvecF32(x, w, before, true);
    expect(kernels.residentBytes).toBe(64 * 64 * 4);
    let error: unknown;
    try {
      kernels.bits32(0, 0, 0, new Uint32Array(5));
    } catch (caught) {
      error = caught;
    }
    expect((error as EngineError).message).toMatch(/^wasm: bits32 trapped .* the next call works on a fresh instance$/);
    expect((error as EngineError).cause).toBeInstanceOf(WebAssembly.RuntimeError);
    expect(kernels.residentBytes).toBe(0);
    for (let call = 0; call < 3; call++) {
      const after = new Float32Array(64);
      kernels.matvecF32(x, w, after, true);
      expect(firstDifference(after, before)).toBe(-1);
    }
  });
});

describe("linear memory", () => {
  it("152: a refused memory.grow loses nothing: the matrix is streamed instead of kept", () => {
    const refuse = link(({ memory }) => ({
      memory: {
        get buffer() {
          return memory.buffer;
        },
        grow(pages: number) {
          if (pages > 40) throw new RangeError("WebAssembly.Memory.grow(): Maximum memory size exceeded");
          return memory.grow(pages);
        },
      },
    }));
    const kernels = createWasmKernels(undefined, refuse);
    const [n, m] = [1024, 1025];
    const x = floats(n);
    const w = floats(n * m);
    const expected = new Float32Array(m);
    core.matvecF32(x, w, expected, true);
    for (let call = 0; call < 4; call++) {
      const out = new Float32Array(m);
      kernels.matvecF32(x, w, out, true);
      expect(firstDifference(out, expected)).toBe(-1);
    }
    expect(kernels.residentBytes).toBeLessThan(n * m * 4);
  });

  it("a matrix that comes without the promise gives its kept copy back", () => {
    const kernels = createWasmKernels();
    const x = floats(64);
    const w = floats(64 * 64);
    const out = new Float32Array(64);
    for (let call = 0; call < 3; call++) kernels.matvecF32(x, w, out, true);
    expect(kernels.residentBytes).toBe(64 * 64 * 4);
    kernels.matvecF32(x, w, out, false);
    expect(kernels.residentBytes).toBe(0);
  });

  it("152: a refused memory.grow loses nothing for a batch either: its rows go one by one", () => {
    const refuse = link(({ memory }) => ({
      memory: {
        get buffer() {
          return memory.buffer;
        },
        grow(): number {
          throw new RangeError("WebAssembly.Memory.grow(): Maximum memory size exceeded");
        },
      },
    }));
    const kernels = createWasmKernels(undefined, refuse);
    const before = kernels.linearBytes;
    const [rows, n, m] = [6, 300, 301];
    const x = floats(rows * n);
    const w = floats(n * m);
    const expected = new Float32Array(rows * m);
    core.matmulF32(x, w, undefined, expected, rows, true);
    for (let call = 0; call < 3; call++) {
      const out = new Float32Array(rows * m);
      kernels.matmulF32(x, w, undefined, out, rows, true);
      expect(firstDifference(out, expected)).toBe(-1);
    }
    expect([kernels.linearBytes, kernels.residents, kernels.residentBytes]).toEqual([before, 0, 0]);
  });

  it("does not grow with the number of calls", () => {
    const kernels = createWasmKernels();
    const x = floats(20 * 100);
    const w = floats(100 * 90);
    const out = new Float32Array(20 * 90);
    for (let call = 0; call < 3; call++) kernels.matmulF32(x, w, undefined, out, 20, true);
    const { linearBytes } = kernels;
    for (let call = 0; call < 1000; call++) kernels.matmulF32(x, w, undefined, out, 20, call % 2 === 0);
    expect(kernels.linearBytes).toBe(linearBytes);
  });

  it("grows with what is kept and uses freed space again", () => {
    const kernels = createWasmKernels();
    const matrices = [100, 33, 257, 64].map((m) => ({ m, x: floats(50, m), w: floats(50 * m, m) }));
    const call = ({ m, x, w }: (typeof matrices)[0], immutable: boolean): void => {
      const expected = new Float32Array(m);
      core.matvecF32(x, w, expected, immutable);
      const out = new Float32Array(m);
      kernels.matvecF32(x, w, out, immutable);
      expect(firstDifference(out, expected)).toBe(-1);
    };
    for (let round = 0; round < 3; round++) for (const matrix of matrices) call(matrix, true);
    const kept = kernels.residentBytes;
    call(matrices[1]!, false);
    expect(kernels.residentBytes).toBeLessThan(kept);
    for (let round = 0; round < 3; round++) for (const matrix of matrices) call(matrix, true);
    expect(kernels.residentBytes).toBe(kept);
  });
});
