import { nnx, random } from "flaxen";
import { loadInto, readSafetensors } from "flaxen/weights";
import { expect, it } from "vitest";
import { decode, generate, generateCached, greedy, sampled } from "../gpt/generate.ts";
import { CharGPT, CONFIG } from "../gpt/model.ts";
import { bytesOf, jsonOf } from "./golden.ts";

interface Text {
  readonly count: number;
  readonly text: string;
  readonly tokens: number[];
  readonly cached_decode: { readonly text: string };
}

interface Golden {
  readonly sample_key_data: number[];
  readonly prompts: { readonly tokens: number[]; readonly greedy: Text; readonly sample: Text }[];
}

const golden = jsonOf<Golden>("gpt/golden.json");
const key = random.wrapKeyData(new Uint32Array(golden.sample_key_data));
const ways = { greedy, sample: sampled(key, 0.8) } as const;
const texts = golden.prompts.flatMap(({ tokens, ...prompt }, i) =>
  (["greedy", "sample"] as const).map((way) => [way, i, tokens, prompt[way], ways[way]] as const),
);

it.each(texts)("writes Flax's text, letter by letter: %s of prompt %i", async (_, __, prompt, wanted, choose) => {
  const model = new CharGPT(CONFIG, new nnx.Rngs(0));
  await loadInto(model, readSafetensors(bytesOf("gpt/params.safetensors")));
  model.eval();
  expect(decode(generateCached(model, prompt, wanted.count, choose))).toBe(wanted.cached_decode.text);
  const tokens = [...generate(model, prompt, wanted.count, choose)];
  expect(tokens).toEqual(wanted.tokens);
  expect(decode(tokens)).toBe(wanted.text);
});
