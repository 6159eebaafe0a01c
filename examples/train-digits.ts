/**
 * Trains a perceptron to read handwritten digits: `npm run example -- train-digits [epochs]`. Its twin in Python is
 * train_digits.py: the same weights to begin with, the same batches, the same losses.
 */
import { fileURLToPath } from "node:url";
import { data, nnx, optax, random } from "flaxen";
import type { NDArray } from "flaxen";
import type { Digits } from "./training/data.ts";
import { digits } from "./training/data.ts";
import { accuracyOf, percent, ProgressLine } from "./training/progress.ts";

export class MLP extends nnx.Module<[images: NDArray], NDArray> {
  linear1: nnx.Linear;
  linear2: nnx.Linear;

  constructor({ rngs }: { rngs: nnx.Rngs }) {
    super();
    this.linear1 = new nnx.Linear(784, 256, { rngs });
    this.linear2 = new nnx.Linear(256, 10, { rngs });
  }

  override __call__(images: NDArray): NDArray {
    const x = images.reshape([images.shape[0]!, -1]);
    return this.linear2(nnx.relu(this.linear1(x)));
  }
}

function lossFn(model: MLP, images: NDArray, labels: NDArray): NDArray {
  return optax.softmaxCrossEntropyWithIntegerLabels(model(images), labels).mean();
}

/** Trains `model`, and yields the loss of each step. */
export function* train(model: MLP, { images, labels }: Digits, epochs: number, batchSize = 128): Generator<number> {
  const optimizer = new nnx.Optimizer(model, optax.adam(1e-3), { wrt: nnx.Param });
  const lossAndGrad = nnx.valueAndGrad(lossFn);
  for (const [x, y] of data.batches([images, labels], { batchSize, epochs, shuffle: random.key(0) })) {
    const [loss, grads] = lossAndGrad(model, x, y);
    optimizer.update(model, grads);
    yield loss.item();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const epochs = Number(process.argv[2] ?? 5);
  const batchSize = 128;
  const sets = digits();
  const model = new MLP({ rngs: new nnx.Rngs(0) });
  const line = new ProgressLine();
  const start = performance.now();
  const seconds = (): number => (performance.now() - start) / 1000;
  let step = 0;
  let average = 0;
  for (const loss of train(model, sets.train, epochs, batchSize)) {
    step++;
    average += (loss - average) / Math.min(step, 100);
    line.update(
      () => `step ${step}  loss ${average.toFixed(4)}  ${((step * batchSize) / seconds()).toFixed(0)} images/s`,
    );
  }
  line.end(
    `${step} steps in ${seconds().toFixed(1)} s, ` +
      `${((step * batchSize) / seconds()).toFixed(0)} images/s, loss ${average.toFixed(4)}`,
  );
  console.log(`held-out digits right: ${percent(accuracyOf(model, sets.test.images, sets.test.labels))}`);
}
