import type { NDArray } from "flaxen";
import { nnx, numpy as jnp } from "flaxen";
import { describe, expect, it } from "vitest";
import { Gpt } from "../../examples/gpt/model.ts";
import type { GptConfig } from "../../examples/gpt/model.ts";
import { sample } from "../../examples/gpt/sample.ts";
import { onEachBackend } from "../backends.ts";
import { hexWords, sha256 } from "../bits.ts";
import type { Digest, Encoded } from "../golden/load.ts";
import { decode, golden } from "../golden/load.ts";
import { excess, flat, numbers } from "../nnx/nn/closeness.ts";

interface GptCase {
  readonly config: GptConfig;
  readonly seed: number;
  readonly weights: Record<string, Digest>;
  readonly tokens: Encoded;
  readonly logits: Encoded;
  readonly decoded: Encoded;
  readonly float64: Encoded;
  readonly samples: {
    readonly prompt: number[];
    readonly count: number;
    readonly temperature: number;
    readonly topK: number;
    readonly seed: number;
    readonly tokens: number[];
  }[];
}

const [GOLDEN] = golden<GptCase>("gpt") as [GptCase];
const [BATCH, LENGTH] = GOLDEN.tokens.shape as [number, number];

function make(): Gpt {
  return new Gpt(GOLDEN.config, new nnx.Rngs(GOLDEN.seed));
}

function tokens(from = 0, to = LENGTH): NDArray {
  const all = decode(GOLDEN.tokens);
  const rows = Array.from({ length: BATCH }, (_, b) => [...all.subarray(b * LENGTH + from, b * LENGTH + to)]).flat();
  return jnp.array(Int32Array.from(rows)).reshape([BATCH, to - from]);
}

describe("the GPT of examples/gpt has the weights of the same model in Flax", () => {
  it("under the same paths, bit for bit", () => {
    const ours = nnx.toFlatState(nnx.state(make(), nnx.Param)).map(([path, leaf]) => {
      const value = (leaf as nnx.Param).get();
      return [path.join("/"), { dtype: value.dtype, shape: value.shape, sha256: sha256(value.data) }];
    });
    expect(Object.fromEntries(ours)).toEqual(GOLDEN.weights);
    expect(ours.map(([path]) => path)).toEqual(Object.keys(GOLDEN.weights));
  });
});

onEachBackend("the GPT of examples/gpt", () => {
  it("gives Flax's logits for whole sequences", () => {
    const logits = make()(tokens());
    expect(logits.shape).toEqual(GOLDEN.logits.shape);
    expect(excess(flat(logits), numbers(GOLDEN.logits), numbers(GOLDEN.float64))).toBeLessThanOrEqual(0);
  });

  it("gives Flax's logits one token a call, with the bits of the whole sequence", () => {
    const model = make();
    const whole = model(tokens());
    model.initCache(BATCH);
    const { vocabulary } = GOLDEN.config;
    const decoded = new Float32Array(BATCH * LENGTH * vocabulary);
    for (let t = 0; t < LENGTH; t++) {
      const logits = model(tokens(t, t + 1), { decode: true, start: t });
      for (let b = 0; b < BATCH; b++)
        decoded.set(logits.data.subarray(b * vocabulary, (b + 1) * vocabulary), (b * LENGTH + t) * vocabulary);
    }
    expect(hexWords(decoded)).toEqual(hexWords(whole.data));
    expect(excess([...decoded], numbers(GOLDEN.decoded), numbers(GOLDEN.float64))).toBeLessThanOrEqual(0);
  });

  it.each(GOLDEN.samples.map((s) => [`temperature ${s.temperature}, top ${s.topK}`, s] as const))(
    "samples the tokens that Flax samples: %s",
    (_, { seed, prompt, tokens: expected, ...options }) => {
      expect([...sample(make(), prompt, { ...options, rngs: new nnx.Rngs({ sample: seed }) })]).toEqual(expected);
    },
  );

  it("takes the likeliest token at temperature 0, whatever the seed", () => {
    const [one, other] = [1, 2].map((seed) => [
      ...sample(make(), [3], { count: 8, temperature: 0, topK: 65, rngs: new nnx.Rngs({ sample: seed }) }),
    ]);
    expect(one).toEqual(other);
  });
});
