import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { NDArray, nnx, random } from "flaxen";
import { afterAll, describe, expect, it } from "vitest";
import { inverted, pretrained, train as finetune, TRAINED } from "../../examples/finetune.ts";
import type { Way } from "../../examples/finetune.ts";
import { CharGPT, CONFIG } from "../../examples/models/gpt/model.ts";
import { Run } from "../../examples/train-cnn.ts";
import { MLP, train as trainMlp } from "../../examples/train-digits.ts";
import { tokensOf, train as trainGpt } from "../../examples/train-gpt.ts";
import type { Digits } from "../../examples/training/data.ts";
import { digitsOf } from "../../examples/training/data.ts";
import { accuracyOf } from "../../examples/training/progress.ts";
import { golden } from "../golden/load.ts";

type Losses = readonly number[];

/** The losses of the twins in Python, and the accuracy that the CNN's ended with. */
type Twins = Readonly<Record<"mlp" | "cnn" | "gpt" | Way, Losses>> & { readonly accuracy: number };
const [TWINS] = golden<Twins>("training_examples") as [Twins];

const RAW = new Uint8Array(gunzipSync(readFileSync(new URL("../golden/training/digits_3200.bin.gz", import.meta.url))));
const IMAGES = 3200 * 784;

const digits = (from: number, to: number): Digits =>
  digitsOf(RAW.subarray(784 * from, 784 * to), RAW.subarray(IMAGES + from, IMAGES + to));

/** The first is a forward pass alone; from there on rounding grows, and a relu that flips moves a run by 5e-5. */
function expectLosses(losses: Losses, twins: Losses): void {
  expect(losses.length).toBe(twins.length);
  expect(Math.abs(losses[0]! - twins[0]!)).toBeLessThanOrEqual(2e-6 * twins[0]!);
  losses.forEach((loss, step) =>
    expect(Math.abs(loss - twins[step]!), `loss of step ${step}`).toBeLessThanOrEqual(3e-4 * twins[0]!),
  );
}

/** All that states hold, bit for bit. */
function bits(...states: nnx.State[]): unknown {
  return states.flatMap((state) =>
    nnx.toFlatState(state).map(([path, leaf]) => {
      const value = (leaf as nnx.Variable<NDArray | random.Key>).get();
      return [path.join("/"), Array.from((value instanceof NDArray ? value : random.keyData(value)).data)];
    }),
  );
}

/** All that a run is. */
const bitsOf = ({ model, optimizer, metrics }: Run): unknown =>
  bits(nnx.state(model), nnx.state(optimizer), nnx.state(metrics));

const folder = mkdtempSync(join(tmpdir(), "flaxen-training-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the examples of training have the losses of their twins in Flax", () => {
  it("train-digits: 20 steps of the perceptron, which learns", () => {
    const model = new MLP({ rngs: new nnx.Rngs(0) });
    expectLosses([...trainMlp(model, digits(0, 640), 2, 64)], TWINS.mlp);
    const { images, labels } = digits(2000, 3000);
    expect(accuracyOf(model, images, labels)).toBeGreaterThan(0.75);
  });

  it("train-cnn: 10 steps with BatchNorm, Dropout and metrics", () => {
    const run = new Run();
    const steps = [0, 1].flatMap(() => [...run.trainEpoch(digits(0, 160), 32)]);
    expect([run.epoch, run.step]).toEqual([2, 0]);
    // A step tells the mean over the epoch so far.
    const losses = steps.map(({ loss }, i) =>
      i % 5 === 0 ? loss : loss * ((i % 5) + 1) - steps[i - 1]!.loss * (i % 5),
    );
    expectLosses(losses, TWINS.cnn);
    const accuracy = (steps[4]!.accuracy + steps[9]!.accuracy) / 2;
    expect(accuracy).toBeCloseTo(TWINS.accuracy, 6);
  });

  it("train-gpt: 20 steps", () => {
    const text = readFileSync(new URL("../../LICENSE", import.meta.url), "utf8");
    const sizes = { numLayers: 2, numHeads: 2, features: 32, mlpFeatures: 64, context: 32, dropoutRate: 0 };
    const model = new CharGPT({ ...CONFIG, ...sizes, vocabSize: new Set(text).size }, new nnx.Rngs(0));
    expectLosses([...trainGpt(model, tokensOf(text), { steps: 20, batchSize: 4, length: 32 })], TWINS.gpt);
  });

  it.each(["lora", "head"] as const)("finetune %s: 10 steps, in which nothing else changes", async (way) => {
    const model = await pretrained(way);
    const others = nnx.Not(TRAINED[way]);
    const before = bits(nnx.state(model, others));
    expectLosses([...finetune(model, TRAINED[way], inverted(digits(0, 640)))], TWINS[way]);
    expect(bits(nnx.state(model, others))).toEqual(before);
  });
});

describe("the run of train-cnn", () => {
  it("goes on from a checkpoint within an epoch with the bits of a run that never stopped", async () => {
    const training = digits(0, 160);
    const whole = new Run();
    for (let epoch = 0; epoch < 2; epoch++) for (const _ of whole.trainEpoch(training, 32));
    const stopped = new Run();
    const steps = stopped.trainEpoch(training, 32);
    for (let step = 0; step < 3; step++) steps.next();
    const path = join(folder, "run.safetensors");
    await stopped.saveTo(path);

    const resumed = new Run();
    await resumed.loadFrom(path);
    expect([resumed.epoch, resumed.step]).toEqual([0, 3]);
    expect(bitsOf(resumed)).toEqual(bitsOf(stopped));
    for (let epoch = 0; epoch < 2; epoch++) for (const _ of resumed.trainEpoch(training, 32));
    expect(bitsOf(resumed)).toEqual(bitsOf(whole));
  });

  it("is enough when the validation set has not become better for two epochs", () => {
    const run = new Run();
    const few = digits(0, 50);
    const untrained = run.isEnough(few);
    expect([untrained, run.sinceBest]).toEqual([false, 0]);
    expect([run.isEnough(few), run.isEnough(few)]).toEqual([false, true]);
    // Looking changed nothing: training goes on with Dropout and the batch's statistics.
    expect([run.model.dropout.deterministic, run.model.bn1.useRunningAverage]).toEqual([false, false]);
    expect(run.best).toBeGreaterThan(0);
  });
});
