/**
 * Teaches a trained network something new by changing a small part of it: `npm run example -- finetune [lora|head]`.
 *
 * The network reads digits in white on black. Shown black on white it guesses. `lora` puts low-rank adapters on its
 * Linear layers and trains these alone; `head` trains the last layer alone, chosen by a filter. All else stays as it
 * is, bit for bit. The twin in Python is finetune.py.
 */
import { fileURLToPath } from "node:url";
import { data, nnx, optax, random } from "flaxen";
import type { NDArray } from "flaxen";
import { loadInto, open, save } from "flaxen/weights";
import { DigitsCNN } from "./models/digits/model.ts";
import type { Digits } from "./training/data.ts";
import { digits } from "./training/data.ts";
import { accuracyOf, percent, ProgressLine } from "./training/progress.ts";

const RANK = 8;

/** What is trained, by the way to do it. */
export const TRAINED = {
  lora: nnx.LoRAParam,
  head: nnx.All(nnx.Param, nnx.PathContains("linear2")),
} as const;
export type Way = keyof typeof TRAINED;

/** The trained network, with adapters where the way is `lora`. Inference mode: BatchNorm's statistics stay too. */
export async function pretrained(way: Way): Promise<DigitsCNN> {
  const model = new DigitsCNN({ rngs: new nnx.Rngs(0) });
  const file = await open(new URL("models/digits/params.safetensors", import.meta.url));
  await loadInto(model, file);
  await file.close();
  if (way === "lora") {
    const rngs = new nnx.Rngs(1);
    model.linear1 = new nnx.LoRA(7 * 7 * 32, RANK, 64, { baseModule: model.linear1, rngs });
    model.linear2 = new nnx.LoRA(64, RANK, 10, { baseModule: model.linear2, rngs });
  }
  model.eval();
  return model;
}

/** Black on white. */
export function inverted({ images, labels }: Digits): Digits {
  return { images: images.mul(-1).add(1), labels };
}

function lossFn(model: DigitsCNN, images: NDArray, labels: NDArray): NDArray {
  return optax.softmaxCrossEntropyWithIntegerLabels(model(images), labels).mean();
}

/** Trains what `wrt` chooses, and yields the loss of each step. */
export function* train(model: DigitsCNN, wrt: nnx.Filter, { images, labels }: Digits): Generator<number> {
  const optimizer = new nnx.Optimizer(model, optax.adam(2e-3), { wrt });
  const lossAndGrad = nnx.valueAndGrad(lossFn, { argnums: new nnx.DiffState(0, wrt) });
  for (const [x, y] of data.batches([images, labels], { batchSize: 64, shuffle: random.key(0) })) {
    const [loss, grads] = lossAndGrad(model, x, y);
    optimizer.update(model, grads);
    yield loss.item();
  }
}

async function main(way: Way): Promise<void> {
  const sets = digits(10_000);
  const [training, test] = [inverted(sets.train), inverted(sets.test)];
  const model = await pretrained(way);
  const trained = nnx.toFlatState(nnx.state(model, TRAINED[way])).map(([path]) => path.join("/"));
  console.log(`training ${trained.join(", ")}`);
  console.log(`black on white: ${percent(accuracyOf(model, test.images, test.labels))} right before`);
  const line = new ProgressLine();
  let step = 0;
  let last = "";
  for (const loss of train(model, TRAINED[way], training)) {
    last = `step ${++step}  loss ${loss.toFixed(4)}`;
    line.update(() => last);
  }
  line.end(last);
  console.log(`black on white: ${percent(accuracyOf(model, test.images, test.labels))} right after`);
  const { length } = save(model, { only: TRAINED[way] });
  console.log(`what was learned takes ${(length / 1000).toFixed(0)} kB`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const way = process.argv[2] ?? "lora";
  if (way === "lora" || way === "head") await main(way);
  else {
    console.error(`finetune: expected lora or head, got ${way}`);
    process.exitCode = 2;
  }
}
