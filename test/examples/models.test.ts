import type { NDArray } from "flaxen";
import { nnx, numpy as jnp, random } from "flaxen";
import { open as openOrbax } from "flaxen/orbax";
import type { LoadReport } from "flaxen/weights";
import { loadInto, open, readMsgpack, readSafetensors, save } from "flaxen/weights";
import { describe, expect, it } from "vitest";
import { DigitsCNN } from "../../examples/models/digits/model.ts";
import { decode, encode, generate, generateCached, greedy, sampled } from "../../examples/models/gpt/generate.ts";
import { CharGPT, CONFIG, VOCABULARY } from "../../examples/models/gpt/model.ts";
import { bytesOf, jsonOf, pathOf } from "../../examples/models/test/golden.ts";
import { sha256 } from "../bits.ts";
import type { Encoded } from "../golden/load.ts";
import { flat, numbers } from "../nnx/nn/closeness.ts";

type Initial = Record<string, { readonly sha256: string; readonly shape: number[] }>;

/** Checks the weights that a seed gives against Python's. */
function expectInitial(model: nnx.Module, initial: Initial): void {
  const ours = nnx.toFlatState(nnx.state(model, [nnx.Param, nnx.BatchStat])).map(([path, leaf]) => {
    const value = (leaf as nnx.Param).get();
    return [path.join("."), { sha256: sha256(value.data), shape: value.shape }];
  });
  const theirs = Object.entries(initial).map(([name, { sha256, shape }]) => [name, { sha256, shape }]);
  expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(theirs));
}

function largestDifference(a: readonly number[], b: readonly number[]): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

const makeDigits = (): DigitsCNN => new DigitsCNN({ rngs: new nnx.Rngs(0) });
const makeGpt = (): CharGPT => new CharGPT(CONFIG, new nnx.Rngs(0));

describe("the digits classifier that was trained in Flax", () => {
  interface Golden {
    readonly images: Encoded;
    readonly labels: Encoded;
    readonly logits_f32: Encoded;
    readonly logits_f64: Encoded;
    readonly initial_rngs_0: Initial;
  }
  const golden = jsonOf<Golden>("digits/golden.json");
  const pixels = numbers(golden.images);
  const images = jnp.array(Float32Array.from(pixels, (pixel) => pixel / 255)).reshape([...golden.images.shape, 1]);
  it("has the weights of the same seed in Python, to the bit", () =>
    expectInitial(makeDigits(), golden.initial_rngs_0));

  const files: Record<string, (model: DigitsCNN) => Promise<LoadReport>> = {
    safetensors: (model) => loadInto(model, readSafetensors(bytesOf("digits/params.safetensors"))),
    msgpack: (model) => loadInto(model, readMsgpack(bytesOf("digits/checkpoint.msgpack"))),
    Orbax: async (model) => loadInto(model, await openOrbax(pathOf("digits/orbax"))),
    "a file by path": async (model) => {
      const file = await open(pathOf("digits/params.safetensors"));
      const report = await loadInto(model, file);
      await file.close();
      return report;
    },
    "names of Linen": (model) => {
      const named = [...readSafetensors(bytesOf("digits/params.safetensors"))].map(([name, array]) => {
        const collection = /\.(mean|var)$/.test(name) ? "batch_stats" : "params";
        return [`${collection}/${name.replaceAll(".", "/")}`, array] as const;
      });
      return loadInto(model, readMsgpack(save(new Map(named), { format: "msgpack" })));
    },
  };

  it.each(Object.entries(files))("gives Flax's logits: %s", async (_, load) => {
    const model = makeDigits();
    const report = await load(model);
    expect([report.missing, report.unexpected, report.cast]).toEqual([[], [], []]);
    model.eval();
    const logits = flat(model(images));
    const truth = numbers(golden.logits_f64);
    const jaxError = largestDifference(numbers(golden.logits_f32), truth);
    expect(largestDifference(logits, truth)).toBeLessThanOrEqual(4 * jaxError);
    const best = jnp.argmax(model(images), -1).tolist() as number[];
    const right = best.filter((digit, i) => digit === numbers(golden.labels)[i]).length;
    expect(right).toBeGreaterThanOrEqual(0.95 * best.length);
  });
});

describe("the character GPT that was trained in Flax", () => {
  interface Text {
    readonly count: number;
    readonly tokens: number[];
    readonly cached_decode: { readonly count: number; readonly text: string };
  }
  interface Prompt {
    readonly tokens: number[];
    readonly prompt: string;
    readonly logits_f32: Encoded;
    readonly logits_f64?: Encoded;
    readonly logits_f32_cached_decode?: Encoded;
    readonly logits_f32_from_bf16_params?: Encoded;
    readonly greedy: Text;
    readonly sample: Text;
  }
  interface Golden {
    readonly vocab: string;
    readonly sample_key_data: number[];
    readonly prompts: Prompt[];
    readonly initial_rngs_0: Initial;
  }
  const golden = jsonOf<Golden>("gpt/golden.json");
  const [first] = golden.prompts as [Prompt];
  const weights = readSafetensors(bytesOf("gpt/params.safetensors"));
  async function loaded(file = weights): Promise<CharGPT> {
    const model = makeGpt();
    await loadInto(model, file);
    model.eval();
    return model;
  }

  const inputOf = ({ tokens }: Prompt): NDArray => jnp.array(Int32Array.from(tokens)).reshape([1, -1]);
  const truth = numbers(first.logits_f64!);
  const jaxError = largestDifference(numbers(first.logits_f32), truth);

  it("has the weights of the same seed in Python, to the bit", () => {
    expect(VOCABULARY).toBe(golden.vocab);
    expectInitial(makeGpt(), golden.initial_rngs_0);
  });

  it("gives Flax's logits, over the whole context and token by token", async () => {
    const model = await loaded();
    for (const prompt of golden.prompts) {
      expect(encode(prompt.prompt)).toEqual(prompt.tokens);
      // Where there is no float64 result JAX's own error is taken from the first.
      const wanted = numbers(prompt.logits_f64 ?? prompt.logits_f32);
      expect(largestDifference(flat(model(inputOf(prompt))), wanted)).toBeLessThanOrEqual(4 * jaxError);
    }
    model.initCache(1);
    const cached = first.tokens.flatMap((token, position) =>
      flat(model(jnp.array([[token]], "int32"), { decode: true, position })),
    );
    const cachedError = largestDifference(numbers(first.logits_f32_cached_decode!), truth);
    expect(largestDifference(cached, truth)).toBeLessThanOrEqual(4 * Math.max(jaxError, cachedError));
  });

  it("gives Flax's logits from weights in bfloat16", async () => {
    const half = readSafetensors(save([...weights], { dtype: "bfloat16" }));
    const model = makeGpt();
    const report = await loadInto(model, half);
    expect(report.cast.length).toBe(report.loaded.length);
    model.eval();
    const wanted = numbers(first.logits_f32_from_bf16_params!);
    expect(largestDifference(flat(model(inputOf(first))), wanted)).toBeLessThanOrEqual(4 * jaxError);
  });

  it("loads from msgpack too, and writes the same safetensors file again", async () => {
    const model = await loaded();
    const other = await loaded(readMsgpack(save(model, { format: "msgpack" })) as never);
    expect(Buffer.compare(save(other), save(model))).toBe(0);
    // The head shares the embedding: it is written once and said to be tied.
    const file = readSafetensors(save(model));
    expect([file.names.length, JSON.parse(file.metadata.get("tied")!)]).toEqual([
      weights.names.length,
      { "head.embed.embedding": "embed.embedding" },
    ]);
  });

  const key = random.wrapKeyData(new Uint32Array(golden.sample_key_data));
  const ways = { greedy, sample: sampled(key, 0.8) } as const;
  const texts = golden.prompts.flatMap((prompt, i) =>
    (["greedy", "sample"] as const).map((way) => [way, i, prompt.tokens, prompt[way], ways[way]] as const),
  );

  // All texts, afresh for every letter, are compared in examples/models.
  it.each(texts)("writes Flax's text over its cache: %s of prompt %i", async (_, __, prompt, wanted, choose) => {
    const text = decode(generateCached(await loaded(), prompt, wanted.count, choose));
    expect(text).toBe(wanted.cached_decode.text);
    expect(text.length).toBe(wanted.cached_decode.count);
  });

  it("writes Flax's text where the context is full: each letter looks at the last 128", async () => {
    const { tokens, greedy: wanted } = golden.prompts.at(-1)!;
    const added = [...generate(await loaded(), tokens, 20, greedy)];
    expect(added).toEqual(wanted.tokens.slice(0, 20));
  });
});
