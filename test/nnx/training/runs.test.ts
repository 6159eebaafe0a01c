import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { nnx, numpy as jnp, optax } from "../../../src/index.ts";
import type { NDArray } from "../../../src/index.ts";
import type { Encoded } from "../../golden/load.ts";
import { recorded, recordedPath, toArray } from "../../golden/training.ts";
import { CharGpt, DigitsCnn, Mlp } from "./models.ts";

/** What a training run of Flax gave, in float32 and float64. */
interface Run {
  readonly run: string;
  readonly losses32: readonly number[];
  readonly losses64?: readonly number[];
  readonly loss_spread?: readonly number[];
  readonly first_gradients: Readonly<Record<string, { readonly head: Encoded; readonly norm: number }>>;
  readonly first_gradients64?: Readonly<Record<string, { readonly head: readonly number[]; readonly norm: number }>>;
  readonly params: Readonly<Record<string, Sample>>;
  readonly tokens?: Encoded;
  readonly vocab?: string;
}

/** Some elements of an array at the end of a run. */
interface Sample {
  readonly at: readonly number[];
  readonly value64: readonly number[];
  /** The largest error of nine float32 runs of JAX, eight of them from starts one ulp away. */
  readonly spread: number;
  readonly rms64: number;
}

interface File {
  readonly meta: { readonly seed_base: number };
  readonly cases: readonly Run[];
}

type Batch = readonly NDArray[];

interface Outcome {
  readonly losses: readonly number[];
  readonly first: nnx.State;
  readonly model: nnx.Module;
}

function train<M extends nnx.Module>(
  model: M,
  tx: optax.GradientTransformation,
  batches: readonly Batch[],
  loss: (model: M, ...batch: NDArray[]) => NDArray,
): Outcome {
  const optimizer = new nnx.Optimizer(model, tx, { wrt: nnx.Param });
  let first: nnx.State | undefined;
  const losses = batches.map((batch) => {
    const [value, grads] = nnx.valueAndGrad(loss as (model: nnx.Module, ...batch: NDArray[]) => NDArray)(
      model,
      ...batch,
    );
    first ??= grads as unknown as nnx.State;
    optimizer.update(model, grads as unknown as nnx.State);
    return value.item();
  });
  return { losses, first: first!, model };
}

const UNIT = 2 ** -22;

/** At every step within 4 times the spread of that step, or of any before it, plus 2^-22 of the loss. */
function expectLosses(losses: readonly number[], { losses64, loss_spread }: Run): void {
  let spread = 0;
  losses.forEach((loss, step) => {
    spread = Math.max(spread, loss_spread![step]!);
    const limit = 4 * spread + UNIT * losses64![step]!;
    expect(Math.abs(loss - losses64![step]!), `loss of step ${step}`).toBeLessThanOrEqual(limit);
  });
}

/** Parameters and statistics at the end within 4 times their spread. */
function expectParams(model: nnx.Module, { params }: Run): void {
  const state = nnx.state(model, nnx.Any(nnx.Param, nnx.BatchStat));
  const got = new Map([...state].map(([path, leaf]) => [path.join("/"), (leaf as nnx.Variable).get().flatten()]));
  expect([...got.keys()].sort()).toEqual(Object.keys(params).sort());
  for (const [path, { at, value64, spread, rms64 }] of Object.entries(params)) {
    const { data } = got.get(path)!;
    at.forEach((place, i) =>
      expect(Math.abs(data[place]! - value64[i]!), `${path}[${place}]`).toBeLessThanOrEqual(4 * spread + UNIT * rms64),
    );
  }
}

/** The first gradients: their heads and norms within what float32 sums of a batch may differ by. */
function expectFirst(first: nnx.State, { first_gradients64 }: Run): void {
  const norms = Object.values(first_gradients64!).map(({ norm }) => norm);
  const whole = Math.sqrt(norms.reduce((sum, norm) => sum + norm ** 2, 0));
  for (const [path, leaf] of first) {
    const { head, norm } = first_gradients64![path.join("/")]!;
    const data = (leaf as nnx.Variable).get().flatten().data;
    const own = Math.sqrt((data as Float32Array).reduce((sum, x) => sum + x ** 2, 0));
    expect(Math.abs(own - norm), `norm of ${path.join("/")}`).toBeLessThanOrEqual(1e-5 * norm + 4 * UNIT * whole);
    head.forEach((value, i) =>
      expect(Math.abs(data[i]! - value), `${path.join("/")}[${i}]`).toBeLessThanOrEqual(1e-4 * norm + 4 * UNIT * whole),
    );
  }
}

function expectRun(outcome: Outcome, run: Run): void {
  expectFirst(outcome.first, run);
  expectLosses(outcome.losses, run);
  expectParams(outcome.model, run);
}

const crossEntropy = (model: nnx.Module, x: NDArray, y: NDArray): NDArray =>
  optax.softmaxCrossEntropyWithIntegerLabels((model as unknown as (x: NDArray) => NDArray)(x), y).mean();

describe("training the MLP", () => {
  const { meta, cases } = recorded<File>("training_mlp");
  const run = (name: string): Run => cases.find((one) => one.run === name)!;
  const rowOf = (i: number): number[] =>
    Array.from({ length: 784 }, (_, k) =>
      Math.fround(Math.fround(((i * 7919 + k * 104729 + ((k * k) % 1009) * 31) % 1000) / 1000) - 0.5),
    );
  const images = jnp
    .array(Float32Array.from(Array.from({ length: 512 }, (_, i) => rowOf(i + 1000 * meta.seed_base)).flat()))
    .reshape([512, 784]);
  const labels = jnp.array(Int32Array.from({ length: 512 }, (_, i) => (i * i + 3 * i) % 10));
  const batches = Array.from({ length: 50 }, (_, s) => {
    const start = (128 * s) % 512;
    return [images.slice(`${start}:${start + 128}`), labels.slice(`${start}:${start + 128}`)];
  });

  it.each([
    ["mlp-sgd", () => optax.sgd(0.1)],
    ["mlp-adam", () => optax.adam(1e-3)],
    ["mlp-momentum", () => optax.sgd(0.05, { momentum: 0.9 })],
  ] as const)("%s", (name, tx) => {
    const model = new Mlp([784, 512, 256, 10], new nnx.Rngs(meta.seed_base));
    expectRun(train(model, tx(), batches, crossEntropy), run(name));
  });
});

describe("training on digits", () => {
  const { meta, cases } = recorded<File>("training_digits");
  const run = (name: string): Run => cases.find((one) => one.run === name)!;
  const raw = gunzipSync(readFileSync(recordedPath("digits_3200.bin.gz")));
  const count = raw.length / 785;
  const batch = (step: number, n: number, shape: readonly number[]): Batch => {
    const rows = Array.from({ length: n }, (_, i) => (i + n * step + 2000 * meta.seed_base) % 10000);
    const pixels = Float32Array.from(
      rows.flatMap((row) => [...raw.subarray(row * 784, (row + 1) * 784)]),
      (p) => p / 255,
    );
    return [
      jnp.array(pixels).reshape([n, ...shape]),
      jnp.array(Int32Array.from(rows, (row) => raw[784 * count + row]!)),
    ];
  };
  const schedule = (): optax.GradientTransformation =>
    optax.adamw(optax.warmupCosineDecaySchedule(0, 2e-3, 5, 20, 1e-5), { weightDecay: 1e-4 });

  it("digits-mlp", () => {
    const model = new Mlp([784, 128, 10], new nnx.Rngs(meta.seed_base));
    const batches = Array.from({ length: 50 }, (_, s) => batch(s, 64, [784]));
    expectRun(train(model, optax.adam(1e-3), batches, crossEntropy), run("digits-mlp"));
  });

  const images = Array.from({ length: 20 }, (_, s) => batch(s, 32, [28, 28, 1]));

  it("digits-cnn", () => {
    const model = new DigitsCnn(0, new nnx.Rngs(meta.seed_base));
    expectRun(train(model, schedule(), images, crossEntropy), run("digits-cnn"));
  });

  it("digits-cnn-dropout: the same masks, so that losses are those of JAX's float32", () => {
    const model = new DigitsCnn(0.25, new nnx.Rngs(meta.seed_base));
    const { losses } = train(model, schedule(), images, crossEntropy);
    // There is no float64 twin. A relu that flips moves a run by 5e-5, whoever computes it.
    run("digits-cnn-dropout").losses32.forEach((loss, step) =>
      expect(Math.abs(losses[step]! - loss), `loss of step ${step}`).toBeLessThanOrEqual(1e-4),
    );
  });
});

describe("training the GPT", () => {
  const { meta, cases } = recorded<File>("training_gpt");

  it("gpt-adamw", () => {
    const [run] = cases as [Run];
    const tokens = toArray(run.tokens!).astype("int32");
    const model = new CharGpt([...run.vocab!].length, new nnx.Rngs(meta.seed_base));
    const schedule = optax.warmupCosineDecaySchedule(0, 1.5e-3, 5, 20, 1.5e-3 / 20);
    const tx = optax.chain(
      optax.clipByGlobalNorm(1),
      optax.adamw(schedule, {
        b2: 0.99,
        weightDecay: 0.1,
        mask: (params: unknown) => optax.tree.map((x) => x.ndim > 1, params),
      }),
    );
    const loss = (model: CharGpt, t: NDArray): NDArray =>
      optax.softmaxCrossEntropyWithIntegerLabels(model(t.slice(":", ":-1")), t.slice(":", "1:")).mean();
    expectRun(
      train(
        model,
        tx,
        Array.from({ length: 20 }, (_, s) => [tokens.slice(s)]),
        loss,
      ),
      run,
    );
  }, 300_000);
});
