/**
 * Where the time of a training step goes: `node --import tsx bench/training.ts` profiles steps of the models of
 * bench/peers/training.ts and prints the share of each function that takes 1 % or more by itself. Words behind it, such
 * as `adam`, choose models by their names.
 */
import { Session } from "node:inspector/promises";
import { commandLine, failUsage, hasWord } from "../scripts/commandline.ts";
import type * as Flaxen from "../src/index.ts";
import { distUrl } from "./dist-url.ts";
import { printTable } from "./table.ts";

const { nnx, numpy, optax, random } = (await import(distUrl("index.js"))) as typeof Flaxen;
type NDArray = Flaxen.NDArray;
type Model = Flaxen.nnx.Module & ((x: NDArray) => NDArray);

const rngs = new nnx.Rngs(0);
const PROFILED_MS = 3000;
const LEAST_SHARE = 0.01;

class Cnn extends nnx.Module<[images: NDArray], NDArray> {
  readonly convs = new nnx.List([
    new nnx.Conv(1, 16, [3, 3], { rngs }),
    new nnx.Conv(16, 32, [3, 3], { rngs }),
  ] as const);
  readonly dense: Flaxen.nnx.Linear = new nnx.Linear(7 * 7 * 32, 10, { rngs });

  override __call__(images: NDArray): NDArray {
    let x = images;
    for (const conv of this.convs) x = nnx.maxPool(nnx.relu(conv(x)), [2, 2], { strides: [2, 2] });
    return this.dense(x.reshape([x.shape[0]!, -1]));
  }
}

class Block extends nnx.Module<[x: NDArray], NDArray> {
  readonly norm1: Flaxen.nnx.LayerNorm = new nnx.LayerNorm(256, { rngs });
  readonly attention: Flaxen.nnx.MultiHeadAttention = new nnx.MultiHeadAttention(8, 256, { decode: false, rngs });
  readonly norm2: Flaxen.nnx.LayerNorm = new nnx.LayerNorm(256, { rngs });
  readonly up: Flaxen.nnx.Linear = new nnx.Linear(256, 1024, { rngs });
  readonly down: Flaxen.nnx.Linear = new nnx.Linear(1024, 256, { rngs });

  override __call__(x: NDArray): NDArray {
    const y = x.add(this.attention(this.norm1(x), { isCausal: true }));
    return y.add(this.down(nnx.gelu(this.up(this.norm2(y)))));
  }
}

function mlp(): Model {
  return new nnx.Sequential(
    new nnx.Linear(784, 512, { rngs }),
    nnx.relu,
    new nnx.Linear(512, 256, { rngs }),
    nnx.relu,
    new nnx.Linear(256, 10, { rngs }),
  ) as never;
}

function gpt(): Model {
  return new nnx.Sequential(
    new nnx.Embed(256, 256, { rngs }),
    ...Array.from({ length: 4 }, () => new Block()),
    new nnx.LayerNorm(256, { rngs }),
    new nnx.Linear(256, 256, { rngs }),
  ) as never;
}

const images = random.normal(random.key(0), [128, 784]);
const labels = (n: number): NDArray => numpy.array(Int32Array.from({ length: n }, (_, i) => (i * i) % 10));
const ROWS: Readonly<Record<string, () => [Model, NDArray, NDArray, Flaxen.optax.GradientTransformation]>> = {
  "MLP, batch 128, SGD": () => [mlp(), images, labels(128), optax.sgd(0.1)],
  "MLP, batch 128, Adam": () => [mlp(), images, labels(128), optax.adam(1e-3)],
  "CNN, batch 32, Adam": () => [new Cnn(), images.slice(":32").reshape([32, 28, 28, 1]), labels(32), optax.adam(1e-3)],
  "GPT, 128 tokens, Adam": () => [gpt(), labels(128), labels(128), optax.adam(1e-3)],
};

async function profile(run: () => void): Promise<Map<string, number>> {
  for (const start = performance.now(); performance.now() - start < PROFILED_MS / 4;) run();
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.start");
  for (const start = performance.now(); performance.now() - start < PROFILED_MS;) run();
  const { profile: found } = await session.post("Profiler.stop");
  session.disconnect();
  const ticks = new Map<string, number>();
  for (const { callFrame, hitCount = 0 } of found.nodes) {
    const { functionName, url } = callFrame;
    const file = /dist\/(.*)\.js$/.exec(url)?.[1] ?? (url.startsWith("wasm") ? "wasm" : "");
    const name = `${functionName || "(anonymous)"} ${file}`.trim();
    ticks.set(name, (ticks.get(name) ?? 0) + hitCount);
  }
  ticks.delete("(idle)");
  return ticks;
}

const { positionals: words } = commandLine(import.meta.url, {}, Infinity);
const asked = Object.entries(ROWS).filter(([label]) => hasWord(label, words));
if (asked.length === 0)
  failUsage(import.meta.url, `expected words of ${Object.keys(ROWS).join("; ")}, got ${words.join(" ")}`);
for (const [label, make] of asked) {
  const [model, x, y, tx] = make();
  const optimizer = new nnx.Optimizer(model, tx, { wrt: nnx.Param });
  const lossAndGrad = nnx.valueAndGrad((m: Model) => optax.softmaxCrossEntropyWithIntegerLabels(m(x), y).mean());
  const step = nnx.jit((m: Model, o: typeof optimizer) => void o.update(m, lossAndGrad(m)[1]));
  const ticks = await profile(() => step(model, optimizer));
  const all = [...ticks.values()].reduce((sum, n) => sum + n, 0);
  printTable(
    `${label}: share of the time`,
    ["function", "%"],
    [...ticks]
      .filter(([, n]) => n >= LEAST_SHARE * all)
      .toSorted(([, a], [, b]) => b - a)
      .map(([name, n]) => [name, ((100 * n) / all).toFixed(1)]),
  );
}
