import { afterEach, describe, expect, it, vi } from "vitest";
import { config, grad, nnx, numpy as jnp, random, tree, useBackend } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";
import { hexWords } from "../bits.ts";

const { normal, key } = random;
const x = normal(key(1), [6, 50]);
const w = normal(key(2), [50, 40]);
const image = normal(key(3), [1, 9, 9, 6]);
const rngs = new nnx.Rngs(0);
const conv = new nnx.Conv(6, 10, [3, 3], { rngs });
const depthwise = new nnx.Conv(6, 12, [3, 3], { featureGroupCount: 6, rngs });
const linear = new nnx.Linear(50, 40, { rngs });
const narrow = new nnx.Linear(50, 40, { dtype: "float32", rngs });
narrow.kernel.set(narrow.kernel.get().astype("bfloat16"));
const attention = new nnx.MultiHeadAttention({ numHeads: 2, inFeatures: 50, qkvFeatures: 16, decode: false, rngs });
const timeMajor = { timeMajor: true, rngs };
const networks = {
  LSTMCell: new nnx.RNN(new nnx.LSTMCell(50, 20, { rngs }), timeMajor),
  OptimizedLSTMCell: new nnx.RNN(new nnx.OptimizedLSTMCell(50, 20, { rngs }), timeMajor),
  GRUCell: new nnx.RNN(new nnx.GRUCell(50, 20, { rngs }), timeMajor),
  SimpleCell: new nnx.RNN(new nnx.SimpleCell(50, 20, { rngs }), timeMajor),
};

/** Outputs [6, rows, 20]. The second time the weights are packed. */
function run(network: (inputs: NDArray) => unknown, rows: number): NDArray {
  const inputs = x.reshape([6, 1, 50]).add(jnp.zeros([6, rows, 1]));
  network(inputs);
  return network(inputs) as NDArray;
}

/** What adds up products, each large enough for WebAssembly. */
const USES: Record<string, () => NDArray> = {
  matmul: () => x.matmul(w),
  vector: () => jnp.dot(x.slice(0), w),
  einsum: () => jnp.einsum("ik,kj->ij", x, w),
  column: () => normal(key(5), [60, 50]).matmul(normal(key(6), [50, 1])),
  "linear in bfloat16": () => narrow(x),
  linear: () => linear(x),
  convolution: () => conv(image),
  "convolution by feature": () => depthwise(image),
  "batch of small matrices": () => x.reshape([6, 5, 10]).matmul(w.reshape([20, 10, 10]).slice(":6")),
  attention: () => attention(x),
  ...Object.fromEntries(
    Object.entries(networks).flatMap(([cell, network]) =>
      [1, 3].map((rows) => [`${cell} of ${rows} rows`, () => run(network, rows)]),
    ),
  ),
  "gradient by x": () => grad((a: NDArray) => jnp.square(a.matmul(w)).sum())(x),
  "gradient by w": () => grad((b: NDArray) => jnp.square(x.matmul(b)).sum())(w),
  "gradient by a kernel": () =>
    tree.leaves(nnx.grad((model: nnx.Conv) => jnp.square(model(image)).sum())(conv))[1] as NDArray,
  "gradient by an image": () => grad((a: NDArray) => jnp.square(conv(a)).sum())(image),
};

afterEach(() => {
  config.products = "rounded";
  useBackend("auto");
  vi.restoreAllMocks();
});

describe('config.products = "fused"', () => {
  it.each(Object.keys(USES))("%s has other bits, the same on every backend, and those of before afterwards", (name) => {
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const use = USES[name]!;
    const words = (): string[] => hexWords(use().data);
    const before = words();
    const found = (["core", "wasm", "auto"] as const).map((backend) => {
      useBackend(backend);
      config.products = "fused";
      const fused = words();
      config.products = "rounded";
      expect(words(), backend).toEqual(before);
      return fused;
    });
    expect(found[0]).not.toEqual(before);
    expect(found[1]).toEqual(found[0]);
    expect(found[2]).toEqual(found[0]);
  });

  it("is emulated on the core, which one warning says", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    useBackend("core");
    config.products = "fused";
    linear(x);
    linear(x);
    const lines = warn.mock.calls.map(([line]) => String(line));
    expect(lines.length).toBeLessThanOrEqual(1);
    for (const line of lines) expect(line).toMatch(/^flaxen runs config\.products = "fused" by emulation/);
  });

  it("holds for either profile", () => {
    config.products = "fused";
    const fma = hexWords(linear(x).data);
    config.profile = "nofma";
    expect(hexWords(linear(x).data)).toEqual(fma);
    config.profile = "fma";
  });

  it("and nothing else but rounded is allowed", () => {
    config.products = "exact" as "fused";
    expect(() => x.matmul(w)).toThrow('config.products: expected "rounded" or "fused", got "exact"');
    config.products = "rounded";
    expect(x.matmul(w).shape).toEqual([6, 40]);
  });
});
