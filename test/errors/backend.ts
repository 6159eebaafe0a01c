/** The errors of the choice of a backend, and of the functions of the package itself. */
import { vi } from "vitest";
import { init, int, ModuleBasics, moduleBasicsForward, nnx, useBackend } from "../../src/index.ts";
import type { Failure } from "./failure.ts";
import { onHost } from "./failure.ts";

const { Instance, Module, RuntimeError } = WebAssembly;

/** An instance whose normals are all 0. */
class Lying {
  readonly exports: object;
  constructor(module: WebAssembly.Module) {
    this.exports = { ...new Instance(module).exports, normalF32: () => {} };
  }
}

function lyingWebAssembly(): void {
  vi.stubGlobal("WebAssembly", { Module, Instance: Lying, RuntimeError });
}

function withoutRounding(): void {
  vi.spyOn(Math, "fround").mockImplementation((x) => x);
}

export const BACKEND: readonly Failure[] = [
  ['TypeError: int: "x" expected a number, got "1"', () => int("1" as never)],
  ['RangeError: int: "x" expected a finite number, got Infinity', () => int(Infinity)],
  ['RangeError: int: "x" expected an integer of magnitude below 2^53, got 9007199254740992', () => int(2 ** 53)],
  ['RangeError: int: "x" expected an integer of magnitude below 2^53, got 1152921504606846976n', () => int(2n ** 60n)],
  [
    'RangeError: ModuleBasics: "inFeatures" expected a size of at least 0, got -1',
    () => new ModuleBasics(-1, 2, new nnx.Rngs(0)),
  ],
  [
    'TypeError: ModuleBasics: "rngs" expected an nnx.Rngs, got undefined.',
    () => new ModuleBasics(3, 4, undefined as never),
  ],
  ['TypeError: ModuleBasics: "rngs" expected an nnx.Rngs, got 0.', () => new ModuleBasics(3, 4, 0 as never)],
  [
    'ShapeError: moduleBasicsForward: "x" expected one axis [inFeatures], got shape [1, 2]',
    () => moduleBasicsForward(0, [[1, 2]] as never, 3),
  ],
  ['TypeError: useBackend: "name" expected "core", "wasm" or "auto", got "gpu"', () => useBackend("gpu" as never)],
  [
    'TypeError: config.products: expected "rounded" or "fused", got "exact"',
    () =>
      onHost(
        () => {},
        (library) => {
          library.config.products = "exact" as "fused";
          library.moduleBasicsForward(0, [1], 1);
        },
      ),
  ],
  ['TypeError: init: "threads" expected a number, got "2"', () => init({ threads: "2" as never })],
  ['RangeError: init: "threads" expected 1 to 64, got 0', () => init({ threads: 0 })],
  [
    "EnvError: BackendUnavailable: WebAssembly failed the start-up self-test: normal",
    () => onHost(lyingWebAssembly, (library) => library.useBackend("wasm")),
  ],
  [
    "EnvError: NonIeeeHost: the TypeScript core failed the start-up self-test: normal. Float32 arithmetic here is not IEEE 754 (a host that flushes subnormals, or a patched Math)",
    () => onHost(withoutRounding, (library) => library.backend()),
  ],
];
