/**
 * Trains a convolutional network on handwritten digits, with BatchNorm and Dropout, until the validation set says that
 * it is enough: `npm run example -- train-cnn [digits to train on] [checkpoint]`. Its twin in Python is train_cnn.py.
 *
 * With the name of a checkpoint the run is saved there after each epoch, and goes on from it next time, to the bit.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { data, nnx, optax, random } from "flaxen";
import type { NDArray } from "flaxen";
import { loadInto, open, saveTo } from "flaxen/weights";
import { DigitsCNN } from "./models/digits/model.ts";
import type { Digits } from "./training/data.ts";
import { digits } from "./training/data.ts";
import { accuracyOf, percent, ProgressLine } from "./training/progress.ts";

const MAX_EPOCHS = 20;

function lossFn(model: DigitsCNN, images: NDArray, labels: NDArray): [loss: NDArray, logits: NDArray] {
  const logits = model(images);
  return [optax.softmaxCrossEntropyWithIntegerLabels(logits, labels).mean(), logits];
}

/** All that a run is: what is saved, and what goes on. */
export class Run {
  readonly model = new DigitsCNN({ rngs: new nnx.Rngs(0) });
  readonly optimizer = new nnx.Optimizer(this.model, optax.adamw(1e-3), { wrt: nnx.Param });
  readonly metrics = new nnx.MultiMetric({
    loss: new nnx.metrics.Average("loss"),
    accuracy: new nnx.metrics.Accuracy(),
  });
  /** The epoch that is next, and its first batch. */
  epoch = 0;
  step = 0;
  /** The best accuracy on the validation set, and the epochs since. */
  best = 0;
  sinceBest = 0;

  /** Trains to the end of the epoch, and yields after each step. */
  *trainEpoch({ images, labels }: Digits, batchSize: number): Generator<{ loss: number; accuracy: number }> {
    const lossAndGrad = nnx.valueAndGrad(lossFn, { hasAux: true });
    const where = { epochs: this.epoch + 1, startEpoch: this.epoch, startStep: this.step };
    for (const [x, y] of data.batches([images, labels], { batchSize, shuffle: random.key(0), ...where })) {
      const [[loss, logits], grads] = lossAndGrad(this.model, x, y);
      this.optimizer.update(this.model, grads);
      this.metrics.update({ loss, logits, labels: y });
      this.step++;
      const seen = this.metrics.compute();
      yield { loss: seen.loss.item(), accuracy: seen.accuracy.item() };
    }
    this.metrics.reset();
    this.epoch++;
    this.step = 0;
  }

  /** Looks at the validation set; whether it has not become better for `patience` epochs. */
  isEnough({ images, labels }: Digits, patience = 2): boolean {
    // A view shares the weights: the model itself stays in training mode.
    const still = nnx.view(this.model, { deterministic: true, useRunningAverage: true });
    const accuracy = accuracyOf(still, images, labels);
    this.sinceBest = accuracy > this.best ? 0 : this.sinceBest + 1;
    this.best = Math.max(this.best, accuracy);
    return this.sinceBest >= patience;
  }

  /** Weights, statistics, the optimizer's moments, metrics and the random streams, in one file. */
  async saveTo(path: string): Promise<void> {
    const { epoch, step, best, sinceBest } = this;
    const metadata = { run: JSON.stringify({ epoch, step, best, sinceBest }) };
    await saveTo(path, this.parts(), { only: nnx.Rest, metadata });
  }

  async loadFrom(path: string): Promise<void> {
    const file = await open(path);
    await loadInto(this.parts(), file, { only: nnx.Rest });
    Object.assign(this, JSON.parse(file.metadata.get("run")!));
    await file.close();
  }

  private parts(): nnx.Dict<nnx.Module> {
    return new nnx.Dict<nnx.Module>({ model: this.model, optimizer: this.optimizer, metrics: this.metrics });
  }
}

async function main(count = 10_000, checkpoint = ""): Promise<void> {
  const batchSize = 64;
  const { train, validation, test } = digits(count);
  const run = new Run();
  if (existsSync(checkpoint)) await run.loadFrom(checkpoint);
  const line = new ProgressLine();
  while (run.epoch < MAX_EPOCHS) {
    const name = `epoch ${run.epoch + 1}`;
    const start = performance.now();
    let images = 0;
    let last = "";
    for (const { loss, accuracy } of run.trainEpoch(train, batchSize)) {
      images += batchSize;
      const speed = (images * 1000) / (performance.now() - start);
      last = `${name}  loss ${loss.toFixed(4)}  accuracy ${percent(accuracy)}  ${speed.toFixed(0)} images/s`;
      line.update(() => `${last}  ${run.step} of ${Math.floor(count / batchSize)}`);
    }
    const isEnough = run.isEnough(validation);
    line.end(`${last}  validation ${percent(run.best)} at best`);
    if (checkpoint !== "") await run.saveTo(checkpoint);
    if (isEnough) break;
  }
  run.model.eval();
  console.log(`held-out digits right: ${percent(accuracyOf(run.model, test.images, test.labels))}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [count = "10000", checkpoint] = process.argv.slice(2);
  await main(Number(count), checkpoint);
}
