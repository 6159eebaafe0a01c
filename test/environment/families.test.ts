/** What a family of kernels does when its module cannot run, and when it traps. */
import { afterEach, expect, it, vi } from "vitest";
import { coreRecurrent } from "../../src/core/index.ts";
import { EngineError, nnx, numpy as jnp, useBackend } from "../../src/index.ts";
import { createWasmKernels, createWasmRecurrent } from "../../src/wasm/index.ts";
import { instantiate } from "../../src/wasm/loader.ts";
import { firstDifference } from "../bits.ts";

vi.mock("../../src/wasm/convolution/bytes.ts", async (original) => ({
  ...(await original<Record<string, unknown>>()),
  FNV1A: 1,
}));

afterEach(() => {
  vi.restoreAllMocks();
  useBackend("auto");
});

const floats = (n: number, seed = 1): Float32Array =>
  Float32Array.from({ length: n }, (_, i) => ((i * 37 * seed) % 101) / 50 - 1);

it("convolutions run on the core, with one warning, where their module is damaged; matrices still do not", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const conv = new nnx.Conv(3, 5, [3, 3], { rngs: new nnx.Rngs(0) });
  const image = jnp.arange(2 * 7 * 7 * 3).reshape([2, 7, 7, 3]);
  useBackend("core");
  const expected = conv(image).tolist();
  useBackend("wasm");
  expect(conv(image).tolist()).toEqual(expected);
  expect(conv(image).tolist()).toEqual(expected);
  expect(warn.mock.calls.map(([line]) => String(line))).toEqual([
    expect.stringMatching(/^flaxen runs convolutions on the TypeScript core, slower with the same bits: .*checksum/),
  ]);
});

it("a trap in a module beside the first is an EngineError that discards the instance, and the next call works", () => {
  let traps = 1;
  let links = 0;
  const kernels = createWasmKernels();
  const recurrent = createWasmRecurrent(kernels, (module, memory) => {
    links++;
    const { cellF32 } = instantiate(module, memory) as unknown as { cellF32: (...args: unknown[]) => void };
    return {
      cellF32: (...args: unknown[]) => {
        if (traps-- > 0) throw new WebAssembly.RuntimeError("unreachable");
        cellF32(...args);
      },
    };
  });
  const [w, product] = [floats(64 * 48), new Float32Array(48)];
  for (let call = 0; call < 2; call++) kernels.matvecF32(floats(64), w, product, true);
  expect(kernels.residents).toBe(1);
  const [x, h, state] = [floats(30, 1), floats(30, 2), floats(10, 3)];
  const [out, expected] = [new Float32Array(10), new Float32Array(10)];
  const step = (): void => recurrent.cellF32("gru", x, h, state, out, undefined, 10, true);
  expect(step).toThrow(EngineError);
  expect(kernels.residents).toBe(0);
  step();
  coreRecurrent.cellF32("gru", x, h, state, expected, undefined, 10, true);
  expect(firstDifference(out, expected)).toBe(-1);
  expect(links).toBe(2);
});
