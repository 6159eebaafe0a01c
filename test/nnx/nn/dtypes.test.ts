import { describe, expect, it } from "vitest";
import { nnx, random } from "../../../src/index.ts";
import type { DType } from "../../../src/numpy.ts";
import { onEachBackend } from "../../backends.ts";
import type { Encoded } from "../../golden/load.ts";
import { golden } from "../../golden/load.ts";
import { excess, flat, numbers } from "./closeness.ts";
import { LAYERS } from "./everylayer.ts";
import { toArray } from "./layercases.ts";

interface DtypeCase {
  readonly layer: string;
  readonly dtype: DType;
  readonly input: Encoded;
  readonly dtypes: DType[];
  readonly outputs: Encoded[];
  readonly float64: Encoded[];
}

const CASES = golden<DtypeCase>("dtypes");

onEachBackend("layers that compute in 16-bit floats answer as Flax's, in its dtypes", () => {
  it.each(CASES.map((c) => [`${c.layer} in ${c.dtype}`, c] as const))("%s", (_, c) => {
    const { layer, run } = LAYERS.find(({ name }) => name === c.layer)!.make(new nnx.Rngs(3), { dtype: c.dtype });
    const outputs = run(layer, toArray(c.input));
    expect(outputs.map((y) => y.dtype)).toEqual(c.dtypes);
    const shapes = nnx.evalShape(() => run(layer, toArray(c.input)));
    expect(shapes.map((y) => [y.shape, y.dtype])).toEqual(outputs.map((y) => [y.shape, y.dtype]));
    outputs.forEach((y, i) => {
      expect(y.shape).toEqual(c.outputs[i]!.shape);
      expect(excess(flat(y), numbers(c.outputs[i]!), numbers(c.float64[i]!))).toBeLessThanOrEqual(0);
    });
  });
});

interface LayerOptions {
  readonly dtype?: unknown;
  readonly paramDtype?: unknown;
  readonly rngs: nnx.Rngs;
}

describe("a dtype that there is not", () => {
  const layers: Readonly<Record<string, (options: LayerOptions) => unknown>> = {
    Linear: (options) => new nnx.Linear(2, 3, options as never),
    LinearGeneral: (options) => new nnx.LinearGeneral(2, 3, options as never),
    Einsum: (options) => new nnx.Einsum("ab,bc->ac", [2, 3], options as never),
    Embed: (options) => new nnx.Embed(2, 3, options as never),
    Conv: (options) => new nnx.Conv(2, 3, [1], options as never),
    ConvTranspose: (options) => new nnx.ConvTranspose(2, 3, [1], options as never),
    BatchNorm: (options) => new nnx.BatchNorm(2, options as never),
    LayerNorm: (options) => new nnx.LayerNorm(2, options as never),
    RMSNorm: (options) => new nnx.RMSNorm(2, options as never),
    GroupNorm: (options) => new nnx.GroupNorm(2, { numGroups: 1, ...options } as never),
    InstanceNorm: (options) => new nnx.InstanceNorm(2, options as never),
    LSTMCell: (options) => new nnx.LSTMCell(2, 3, options as never),
    OptimizedLSTMCell: (options) => new nnx.OptimizedLSTMCell(2, 3, options as never),
    GRUCell: (options) => new nnx.GRUCell(2, 3, options as never),
    SimpleCell: (options) => new nnx.SimpleCell(2, 3, options as never),
    MultiHeadAttention: (options) => new nnx.MultiHeadAttention(1, 2, options as never),
    LoRA: (options) => new nnx.LoRA(2, 1, 3, options as never),
    PReLU: (options) => new nnx.PReLU(0.1, { dtype: options.dtype, paramDtype: options.paramDtype } as never),
  };

  it.each(Object.entries(layers))("is refused when a %s is made", (name, make) => {
    for (const option of ["dtype", "paramDtype"])
      for (const value of ["float", 7, true, {}])
        expect(() => make({ [option]: value, rngs: new nnx.Rngs(0) })).toThrow(
          `nnx.${name}: "${option}" expected float32, bfloat16`,
        );
  });
});

describe("paramDtype", () => {
  const rngs = new nnx.Rngs(0);
  const { ones, zeros, constant } = nnx.initializers;

  it("is the dtype of what is filled: the same bits in narrower words, computed in float32 with float32 inputs", () => {
    for (const paramDtype of ["bfloat16", "float16"] as const) {
      const layer = new nnx.Linear(3, 2, { paramDtype, kernelInit: constant(0.5), biasInit: ones, rngs });
      expect([layer.kernel.dtype, layer.bias!.dtype]).toEqual([paramDtype, paramDtype]);
      expect([layer([1, 2, 3]).dtype, layer([1, 2, 3]).tolist()]).toEqual(["float32", [4, 4]]);
      const norm = new nnx.LayerNorm(2, { paramDtype, rngs });
      expect([norm.scale!.dtype, norm([1, 3]).dtype]).toEqual([paramDtype, "float32"]);
      expect(new nnx.Embed(2, 3, { paramDtype, embeddingInit: zeros, rngs })(Int32Array.of(1)).dtype).toBe(paramDtype);
      expect(
        new nnx.GRUCell(2, 3, { paramDtype, kernelInit: zeros, recurrentKernelInit: zeros, rngs }).initializeCarry(
          [1, 2],
          rngs,
        ).dtype,
      ).toBe(paramDtype);
    }
  });

  it("of uniform weights may be any float, with JAX's bits", () => {
    const jax = {
      bfloat16: [
        [0.419921875, 0.19921875],
        [-0.97265625, -0.83984375],
        [0.59765625, -0.68359375],
      ],
      float16: [
        [-0.53564453125, -0.81201171875],
        [-1.259765625, 0.44189453125],
        [-0.7568359375, -0.251220703125],
      ],
    };
    for (const dtype of ["bfloat16", "float16"] as const)
      expect(
        nnx.initializers
          .heUniform()(random.key(0), [3, 2], dtype as never)
          .tolist(),
      ).toEqual(jax[dtype]);
    expect(new nnx.LoRA(3, 1, 2, { paramDtype: "bfloat16", rngs }).lora_a.dtype).toBe("bfloat16");
  });

  it("of orthogonal weights is float32, of no drawn ones whole; an error says how to get them all the same", () => {
    const kernelInit = nnx.initializers.orthogonal();
    for (const make of [
      () => new nnx.Linear(3, 2, { paramDtype: "bfloat16", kernelInit, rngs }),
      () => new nnx.LoRA(3, 1, 2, { paramDtype: "float16", aInitializer: kernelInit, rngs }),
      () => new nnx.RMSNorm(3, { paramDtype: "int32", scaleInit: nnx.initializers.normal(), rngs }),
    ]) {
      expect(make).toThrow(TypeError);
      expect(make).toThrow(
        /"paramDtype" expected float32, got "\w+".*\n {2}either: make the layer in float32 and cast its Params/,
      );
    }
    const layer = new nnx.Linear(3, 2, { rngs });
    for (const [, w] of nnx.toFlatState(nnx.state(layer, nnx.Param)))
      (w as nnx.Param).setValue((w as nnx.Param).get().astype("bfloat16"));
    expect([layer.kernel.dtype, layer([1, 2, 3]).dtype]).toEqual(["bfloat16", "float32"]);
  });
});
