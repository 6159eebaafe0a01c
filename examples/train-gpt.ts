/**
 * Trains a character GPT on Shakespeare's sonnets, from nothing: `npm run example -- train-gpt [steps] [text file]`.
 * Its twin in Python is train_gpt.py. `npm run example -- write` has a model that was trained for longer.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { nnx, numpy as jnp, optax, random } from "flaxen";
import type { NDArray } from "flaxen";
import { generateCached, sampled } from "./models/gpt/generate.ts";
import { CharGPT, CONFIG } from "./models/gpt/model.ts";
import { sonnets } from "./training/data.ts";
import { ProgressLine } from "./training/progress.ts";

/** Tokens are the places of letters among all that a text has. */
export function tokensOf(text: string, letters = [...new Set(text)].sort().join("")): NDArray {
  return jnp.array(Int32Array.from(text, (letter) => letters.indexOf(letter)));
}

/** Pieces of `length` letters and one more, from places drawn for this step. */
export function piecesOf(tokens: NDArray, step: number, batchSize: number, length: number): NDArray {
  const last = tokens.size - length;
  const starts = random.randint(random.foldIn(random.key(0), step), [batchSize, 1], 0, last);
  return tokens.take(starts.add(jnp.arange(length + 1)));
}

function lossFn(model: CharGPT, pieces: NDArray): NDArray {
  const logits = model(pieces.slice(":", ":-1"));
  return optax.softmaxCrossEntropyWithIntegerLabels(logits, pieces.slice(":", "1:")).mean();
}

/** Trains `model` for so many steps, and yields the loss of each. */
export function* train(
  model: CharGPT,
  tokens: NDArray,
  { steps, batchSize = 8, length = 64 }: { steps: number; batchSize?: number; length?: number },
): Generator<number> {
  const schedule = optax.warmupCosineDecaySchedule(0, 2e-3, Math.min(20, steps >> 1), steps, 1e-4);
  const tx = optax.chain(optax.clipByGlobalNorm(1), optax.adamw(schedule, { b2: 0.99 }));
  const optimizer = new nnx.Optimizer(model, tx, { wrt: nnx.Param });
  const lossAndGrad = nnx.valueAndGrad(lossFn);
  for (let step = 0; step < steps; step++) {
    const [loss, grads] = lossAndGrad(model, piecesOf(tokens, step, batchSize, length));
    optimizer.update(model, grads);
    yield loss.item();
  }
}

function main(steps = 300, file = ""): void {
  const text = file === "" ? sonnets().train : readFileSync(file, "utf8");
  const letters = [...new Set(text)].sort().join("");
  const tokens = tokensOf(text, letters);
  const model = new CharGPT({ ...CONFIG, vocabSize: letters.length, dropoutRate: 0 }, new nnx.Rngs(0));
  const line = new ProgressLine();
  const start = performance.now();
  let done = 0;
  let average = 0;
  let last = "";
  for (const loss of train(model, tokens, { steps })) {
    average += (loss - average) / Math.min(++done, 20);
    const speed = (done * 1000) / (performance.now() - start);
    last = `step ${done} of ${steps}  loss ${average.toFixed(3)}  ${speed.toFixed(1)} steps/s`;
    line.update(() => last);
  }
  line.end(last);
  model.eval();
  const prompt = [...tokensOf(text.slice(0, 1), letters).data];
  const choose = sampled(random.key(1), 0.8);
  console.log(Array.from(generateCached(model, prompt, 120, choose), (token) => letters[token]).join(""));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [steps = "300", file] = process.argv.slice(2);
  main(Number(steps), file);
}
