/** Convolutions under `nnx.jit`, which are computed together with the norm and the activation after them. */
import { describe, expect, it, vi } from "vitest";
import { coreConvolution } from "../../../src/core/index.ts";
import { config, grad, nnx, numpy as jnp, random, useBackend } from "../../../src/index.ts";
import type { NDArray } from "../../../src/index.ts";
import { onEachBackend } from "../../backends.ts";

const rngs = new nnx.Rngs(0);

type Layer = (x: NDArray) => NDArray;

/** A batch norm by running averages that are not those of a new one. */
function batchNorm(features: number, options: nnx.BatchNormOptions = { rngs }): nnx.BatchNorm {
  const norm = new nnx.BatchNorm(features, { useRunningAverage: true, ...options });
  const draw = (): NDArray => random.normal(rngs.params(), [features]);
  for (const kept of [norm.mean, norm.scale, norm.bias]) kept?.set(draw());
  norm.var.set(draw().abs());
  return norm;
}

/** Ways to convolve [2, 9, 9, 16]; all results have at least 1,024 elements. */
const CONVS: readonly (readonly [string, () => Layer])[] = [
  ["a 3x3 convolution", () => new nnx.Conv(16, 20, [3, 3], { rngs })],
  ["a 1x1 convolution", () => new nnx.Conv(16, 33, [1, 1], { rngs })],
  ["a 1x1 convolution without a bias", () => new nnx.Conv(16, 24, [1, 1], { useBias: false, rngs })],
  ["a 1x1 convolution of stride 2", () => new nnx.Conv(16, 64, [1, 1], { strides: 2, rngs })],
  ["a depthwise convolution", () => new nnx.Conv(16, 16, [3, 3], { featureGroupCount: 16, rngs })],
  ["a grouped convolution", () => new nnx.Conv(16, 20, [3, 3], { featureGroupCount: 4, rngs })],
  ["a transposed convolution", () => new nnx.ConvTranspose(16, 8, [4, 4], { strides: [2, 2], rngs })],
];

/** What may come after it. */
const AFTER: readonly (readonly [string, (features: number) => Layer])[] = [
  ["nothing", () => (y) => y],
  ["a batch norm", (n) => batchNorm(n)],
  ["a batch norm without scale and bias", (n) => batchNorm(n, { useScale: false, useBias: false, rngs })],
  ["relu", () => nnx.relu as Layer],
  ["relu6", () => nnx.relu6 as Layer],
  ["a batch norm and relu", (n) => chain(batchNorm(n), nnx.relu as Layer)],
  ["a batch norm and relu6", (n) => chain(batchNorm(n), nnx.relu6 as Layer)],
  ["relu and a batch norm", (n) => chain(nnx.relu as Layer, batchNorm(n))],
  ["two batch norms and gelu", (n) => chain(batchNorm(n), batchNorm(n), (y) => nnx.gelu(y))],
  ["relu twice", () => chain(nnx.relu as Layer, nnx.relu as Layer)],
  ["a reshape and a batch norm", (n) => chain((y) => y.reshape([-1, n]), batchNorm(n))],
  ["two uses", (n) => twice(batchNorm(n), batchNorm(n))],
  ["a use of what was taken over", (n) => twice(batchNorm(n), (y) => y)],
  ["a norm over another axis", () => overAxis1],
];

function chain(...layers: readonly Layer[]): Layer {
  return (x) => layers.reduce((y, layer) => layer(y), x);
}

function twice(a: Layer, b: Layer): Layer {
  return (y) => a(y).add(b(y));
}

/** What `layer` under jit asks the kernel of convolutions to do in the same pass, call by call. */
function epilogues(layer: Layer, x = input): unknown[] {
  const spy = vi.spyOn(coreConvolution, "convolveF32");
  useBackend("core");
  nnx.jit(layer)(x);
  useBackend("auto");
  const calls = spy.mock.calls.map((args) => args.at(-1));
  spy.mockRestore();
  return calls;
}

/** What a call gives, or the message of its error. */
function outcome(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return (error as Error).message;
  }
}

function read(y: NDArray): NDArray {
  y.tolist();
  return y;
}

const norms = new Map<number, Layer>();

function overAxis1(y: NDArray): NDArray {
  const features = y.shape[1]!;
  if (!norms.has(features)) norms.set(features, batchNorm(features, { axis: 1, rngs }));
  return norms.get(features)!(y);
}

const input = random.normal(rngs.params(), [2, 9, 9, 16]);

onEachBackend("convolutions under jit", (backend) => {
  describe.each(CONVS)(`%s on ${backend}`, (_, make) => {
    it.each(AFTER)("has the bits of one without, followed by %s", (__, follow) => {
      const conv = make();
      const run = chain(conv, follow(conv(input).shape.at(-1)!));
      const expected = run(input).tolist();
      const jitted = nnx.jit(run);
      for (let i = 0; i < 3; i++) expect(jitted(input).tolist()).toEqual(expected);
      // In a function around it, whose arrays it may read.
      const outer = nnx.jit((x: NDArray) => jitted(x.mul(1)).mul(1));
      expect(outer(input).tolist()).toEqual(expected);
    });
  });
});

/** Whether each call of the kernel for `layer` under jit takes over the activation after it. */
const isLater = (x: NDArray, layer: Layer): boolean[] =>
  epilogues(chain(layer, nnx.relu as Layer), x).map((epilogue) => epilogue !== undefined);
const small = (features: number): Layer => new nnx.Conv(16, features, [3, 3], { padding: "VALID", rngs });
const spread = (features: number): Layer => new nnx.ConvTranspose(16, features, [4, 4], { strides: 2, rngs });

describe("what is computed later", () => {
  const conv = new nnx.Conv(16, 24, [1, 1], { rngs });
  const wide = new nnx.Conv(16, 24, [3, 3], { rngs });
  const norm = batchNorm(24);
  const loss = (x: NDArray): NDArray => nnx.relu(norm(conv(x))).sum();

  it("takes one call of a kernel for a convolution, a norm and an activation", () => {
    expect(epilogues(chain(conv, norm, nnx.relu6 as Layer))).toMatchObject([
      { norm: { epsilon: Math.fround(norm.epsilon) }, activation: "relu6" },
    ]);
  });

  it.each(AFTER)(
    "is computed once, or twice where it is taken over and used beside that, followed by %s",
    (name, to) => {
      expect(epilogues(chain(wide, to(24)))).toHaveLength(/use/.test(name) ? 2 : 1);
    },
  );

  it("has at least 1,024 elements, and no zeros between its inputs that are worth leaving out", () => {
    // Seven by seven places.
    expect(isLater(input.slice(":1"), small(20))).toEqual([false]);
    expect(isLater(input.slice(":1"), small(21))).toEqual([true]);
    const places = 2 * 18 * 18;
    expect(places * 16 * 4 * 4 * 6).toBeLessThan(2 ** 20);
    expect(isLater(input, spread(6))).toEqual([true]);
    // One call for each phase.
    expect(places * 16 * 4 * 4 * 7).toBeGreaterThan(2 ** 20);
    expect(isLater(input, spread(7))).toEqual([false, false, false, false]);
  });

  it("has kernels of some size", () => {
    const empty = new nnx.Conv(16, 24, [3, 3], { rngs });
    for (const shape of [
      [3, 3, 0, 24],
      [0, 3, 16, 24],
    ]) {
      empty.kernel.setValue(jnp.zeros(shape));
      const x = jnp.ones([2, 9, 9, shape[2]!]);
      const expected = outcome(() => empty(x).tolist());
      expect(
        outcome(() =>
          nnx
            .jit(empty as Layer)(x)
            .tolist(),
        ),
      ).toEqual(expected);
    }
  });

  // Flax 0.12.8 adds a bias of any shape that broadcasts.
  it.each([[[24]], [[1]], [[]], [[1, 24]], [[9, 24]], [[9, 1]], [[9, 9, 24]], [[2, 9, 9, 24]], [[9, 1, 1]]])(
    "adds a bias of shape %j behind the products",
    (shape) => {
      const [biased, plain] = [true, false].map((useBias) => new nnx.Conv(16, 24, [3, 3], { useBias, rngs }));
      plain!.kernel.set(biased!.kernel.get());
      const bias = random.normal(rngs.params(), shape);
      biased!.bias!.setValue(bias);
      const expected = plain!(input).add(bias).tolist();
      expect(biased!(input).tolist()).toEqual(expected);
      expect(
        nnx
          .jit(biased as Layer)(input)
          .tolist(),
      ).toEqual(expected);
    },
  );

  it.each([[[2]], [[25]], [[24, 1]], [[1, 24, 1]], [[216]]])("refuses a bias of shape %j", (shape) => {
    const biased = new nnx.Conv(16, 24, [3, 3], { rngs });
    biased.bias!.setValue(jnp.ones(shape));
    const refused = /\[2, 9, 9, 24\]/;
    expect(() => biased(input)).toThrow(refused);
    expect(() => nnx.jit(biased as Layer)(input)).toThrow(refused);
  });

  it("is not computed again by what follows, once it was read", () => {
    for (const [, to] of AFTER) {
      const calls = epilogues(chain(wide, read, to(24)));
      expect(calls.map((epilogue) => epilogue ?? {})).toEqual([{}]);
    }
  });

  it("reads its arguments as they were, whatever is written to them afterwards", () => {
    const x = jnp.array(input);
    const layers = chain(conv, norm, nnx.relu as Layer);
    const expected = layers(x).tolist();
    const exposed = nnx.jit((a: NDArray) => {
      const y = conv(a);
      (a.data as Float32Array).fill(0);
      return nnx.relu(norm(y));
    });
    expect(exposed(x).tolist()).toEqual(expected);
    const [scale, kernel] = [norm.scale!.get(), conv.kernel.get()];
    const [kept, keptKernel] = [jnp.array(scale), jnp.array(kernel)];
    const y = nnx.jit((a: NDArray) => {
      const normed = norm(conv(a));
      (scale.data as Float32Array).fill(0);
      (kernel.data as Float32Array).fill(0);
      return nnx.relu(normed);
    })(input);
    norm.scale!.set(kept);
    conv.kernel.set(keptKernel);
    expect(y.tolist()).toEqual(expected);
    const own = Float32Array.from(input.data as Float32Array);
    const image = nnx.jit((a: Float32Array) => {
      const z = conv(jnp.asarray(a).reshape([2, 9, 9, 16]));
      a.fill(0);
      return nnx.relu(norm(z));
    });
    expect(image(own).tolist()).toEqual(expected);
  });

  it.each(["kernel", "bias"] as const)("reads the %s as it was, where others may write to it", (name) => {
    const own = new nnx.Conv(16, 24, [3, 3], { rngs });
    const elements = own[name]!.get().data as Float32Array;
    const before = elements.slice();
    for (const after of [(y: NDArray) => y, nnx.relu as Layer, norm]) {
      const expected = after(own(input)).tolist();
      const y = nnx.jit((a: NDArray) => {
        const convolved = own(a);
        elements.fill(0);
        return after(convolved);
      })(input);
      elements.set(before);
      expect(y.tolist()).toEqual(expected);
    }
  });

  it("is computed with the products that were set at its call", () => {
    const layers = chain(conv, norm);
    const expected = layers(input).tolist();
    const f = nnx.jit((a: NDArray) => {
      const y = layers(a);
      config.products = "fused";
      return y;
    });
    try {
      expect(f(input).tolist()).toEqual(expected);
      expect(config.products).toBe("fused");
      const fused = layers(input).tolist();
      expect(nnx.jit(layers)(input).tolist()).toEqual(fused);
      expect(fused).not.toEqual(expected);
    } finally {
      config.products = "rounded";
    }
  });

  it("is there for Variables, after an error too, and gone where it leaked", () => {
    const kept = new nnx.Variable(jnp.zeros([2, 9, 9, 24]));
    const expected = norm(conv(input)).tolist();
    const failing = nnx.jit((v: typeof kept, a: NDArray) => {
      v.set(norm(conv(a)));
      throw new Error("afterwards");
    });
    expect(() => failing(kept, input)).toThrow("afterwards");
    expect(kept.get().tolist()).toEqual(expected);
    let leaked: NDArray | undefined;
    nnx.jit((a: NDArray) => {
      leaked = norm(conv(a));
      return 0;
    })(input);
    expect(() => leaked!.tolist()).toThrow(/leaked from a function under nnx\.jit/);
    expect(() => nnx.relu(leaked!)).toThrow(/leaked from a function under nnx\.jit/);
  });

  it("has the gradients of one that is computed at once", () => {
    const expected = grad(loss)(input).tolist();
    expect(
      nnx
        .jit((x: NDArray) => grad(loss)(x))(input)
        .tolist(),
    ).toEqual(expected);
    expect(grad(nnx.jit(loss))(input).tolist()).toEqual(expected);
  });
});
