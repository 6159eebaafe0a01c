/** Normal draws, initializers and layers' first weights in 16-bit floats, against JAX's. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import type { NDArray } from "../../src/index.ts";
import { config, nnx, random } from "../../src/index.ts";
import { arrayOf, comparable } from "../array/goldencases.ts";
import type { Encoded } from "../golden/load.ts";

type Half = "bfloat16" | "float16";

interface DrawCase {
  readonly fn: string;
  readonly dtype: Half;
  readonly seed: number;
  readonly original: boolean;
  readonly shape: number[];
  readonly bounds?: [lower: number | number[][], upper: number | number[]];
  readonly result: Encoded;
}

interface LayerCase extends Omit<DrawCase, "result"> {
  readonly result: Readonly<Record<string, Encoded>>;
}

const FOLDER = process.env["FLAXEN_GOLDEN_HALF"] ?? fileURLToPath(new URL("../golden", import.meta.url));
const { cases } = JSON.parse(readFileSync(join(FOLDER, "half.json"), "utf8")) as { cases: (DrawCase | LayerCase)[] };

const DRAWS: Readonly<Record<string, (key: random.Key, shape: number[], dtype: Half) => NDArray>> = {
  normal: random.normal,
  lecun_normal: nnx.initializers.lecunNormal(),
  lecun_uniform: nnx.initializers.lecunUniform(),
  he_normal: nnx.initializers.heNormal(),
  he_uniform: nnx.initializers.heUniform(),
  glorot_normal: nnx.initializers.glorotNormal(),
  glorot_uniform: nnx.initializers.glorotUniform(),
  "initializers.normal": nnx.initializers.normal(0.3),
  "initializers.uniform": nnx.initializers.uniform(0.3),
  "initializers.truncated_normal": nnx.initializers.truncatedNormal(0.3),
};

const LAYERS: Readonly<Record<string, (paramDtype: Half, rngs: nnx.Rngs) => nnx.Module>> = {
  "nnx.Linear": (paramDtype, rngs) => new nnx.Linear(5, 7, { paramDtype, rngs }),
  "nnx.Conv": (paramDtype, rngs) => new nnx.Conv(3, 4, [3, 3], { paramDtype, rngs }),
  "nnx.Embed": (paramDtype, rngs) => new nnx.Embed(11, 6, { paramDtype, rngs }),
  "nnx.MultiHeadAttention": (paramDtype, rngs) => new nnx.MultiHeadAttention(2, 8, { paramDtype, decode: false, rngs }),
  "nnx.LoRA": (paramDtype, rngs) => new nnx.LoRA(6, 2, 5, { paramDtype, rngs }),
};

function drawn({ fn, dtype, seed, shape, bounds }: DrawCase): NDArray {
  const key = random.key(seed);
  if (fn === "truncatedNormal") return random.truncatedNormal(key, bounds![0], bounds![1], shape, dtype);
  return DRAWS[fn]!(key, shape, dtype);
}

afterEach(() => {
  config.threefryPartitionable = true;
});

describe.each(["bfloat16", "float16"] as const)("%s", (dtype) => {
  const own = cases.filter((one) => one.dtype === dtype);

  it.each([...new Set(own.map(({ fn }) => fn))])("%s has JAX's bits, in both layouts", (fn) => {
    for (const one of own.filter((each) => each.fn === fn)) {
      config.threefryPartitionable = !one.original;
      if (fn in LAYERS) {
        const params = nnx.toFlatState(nnx.state(LAYERS[fn]!(dtype, new nnx.Rngs(one.seed)), nnx.Param));
        const weights = Object.entries((one as LayerCase).result);
        expect(params.map(([path]) => path.join("/"))).toEqual(weights.map(([path]) => path));
        for (const [i, [, weight]] of weights.entries())
          expect(comparable(params[i]![1].get())).toEqual(comparable(arrayOf(weight)));
      } else expect(comparable(drawn(one as DrawCase))).toEqual(comparable(arrayOf((one as DrawCase).result)));
    }
  });

  it("is a dtype that no other sampler of real numbers draws in: they say so", () => {
    expect(() => random.exponential(random.key(0), [2], dtype as never)).toThrow(
      `random.exponential: "dtype" expected "float32", got "${dtype}"`,
    );
    expect(() => random.gamma(random.key(0), 2, [2], dtype as never)).toThrow(
      `random.gamma: "dtype" expected "float32" or nothing, got "${dtype}"`,
    );
    expect(() => new nnx.OptimizedLSTMCell(2, 3, { paramDtype: dtype, rngs: new nnx.Rngs(0) })).toThrow(
      `"paramDtype" expected float32, got "${dtype}"`,
    );
  });

  it("is what rademacher draws 1 and -1 in", () => {
    const signs = random.rademacher(random.key(3), [50], dtype);
    expect(signs.dtype).toBe(dtype);
    expect(signs.tolist()).toEqual(random.rademacher(random.key(3), [50]).tolist());
  });
});
