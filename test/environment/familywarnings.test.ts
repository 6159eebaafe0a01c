/** Each family of kernels says by its name that the core does its work, where WebAssembly cannot. */
import { afterEach, expect, it, vi } from "vitest";
import type * as Flaxen from "../../src/index.ts";

const broken = (): never => {
  throw new Error("broken");
};

vi.mock("../../src/wasm/index.ts", async (original) => ({
  ...(await original<Record<string, unknown>>()),
  createWasmAttention: broken,
  createWasmConvolution: broken,
  createWasmGradients: broken,
  createWasmNorms: broken,
  createWasmRecurrent: broken,
  createWasmSoftmax: broken,
}));

afterEach(() => {
  vi.restoreAllMocks();
  vi.resetModules();
});

it.each<[family: string, run: (flaxen: typeof Flaxen) => unknown]>([
  [
    "attention",
    ({ nnx, numpy }) => {
      const x = numpy.ones([4, 2, 8]);
      return nnx.dotProductAttention(x, x, x);
    },
  ],
  ["convolutions", ({ nnx, numpy }) => new nnx.Conv(3, 4, [3], { rngs: new nnx.Rngs(0) })(numpy.ones([2, 9, 3]))],
  ["gradients", ({ grad, numpy }) => grad((x: Flaxen.NDArray) => x.matmul(x).sum())(numpy.ones([16, 16]))],
  ["normalisation", ({ nnx, numpy }) => new nnx.LayerNorm(16, { rngs: new nnx.Rngs(0) })(numpy.ones([8, 16]))],
  [
    "recurrent cells",
    ({ nnx, numpy }) =>
      new nnx.RNN(new nnx.GRUCell(4, 8, { rngs: new nnx.Rngs(0) }), { rngs: new nnx.Rngs(0) })(numpy.ones([2, 3, 4])),
  ],
  ["softmax", ({ nnx, numpy }) => nnx.softmax(numpy.ones([8, 16]))],
])("%s", async (family, run) => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const flaxen = await import("../../src/index.ts");
  flaxen.useBackend("wasm");
  run(flaxen);
  expect(warn.mock.calls.map(([line]) => String(line))).toEqual([
    `flaxen runs ${family} on the TypeScript core, slower with the same bits: broken`,
  ]);
});
