/**
 * `npx tsx bench/longrun.ts [passes]`: does a model that runs for long leak memory? Every line should be like the
 * second. It runs 100,000 passes of a GPT block, or in its place
 *
 *     npx tsx bench/longrun.ts training [steps]     10,000 steps of the MLP 784-512-256-10 at batch 128
 *     npx tsx bench/longrun.ts jit [calls]          1,000,000 calls of an MLP under nnx.jit
 *     npx tsx bench/longrun.ts mobilenet [calls]    1,000 calls of MobileNetV2 under nnx.jit, on dist/
 *
 * The last needs a build and the peers, whose weights it takes: `npm run bench:peers -- startup` installs them.
 */
import { existsSync } from "node:fs";
import { commandLine, failUsage, wholeNumber } from "../scripts/commandline.ts";
import { createPasses, measureHeld } from "./block.ts";
import { createCalls } from "./jitted.ts";
import { createSteps } from "./steps.ts";
import { printTable } from "./table.ts";

/** What runs: its unit, what it is, how often by default, and what makes it. */
interface Mode {
  readonly unit: string;
  readonly what: string;
  readonly count: number;
  readonly create: () => ((count: number) => void) | Promise<(count: number) => void>;
}

/** Of bench/peers/models/mobilenet: the program of flaxen's layers, and what draws its weights. */
interface MobileNetProgram {
  mobilenet(weights: object): { run(image: Float32Array): unknown };
}
interface MobileNetWeights {
  readonly IMAGE: number;
  drawMobileNet(folded: boolean): object;
}

const LINES = 10;
const BLOCK: Mode = { unit: "passes", what: "of a GPT block", count: 100_000, create: createPasses };
const MODES: Readonly<Record<string, Mode>> = {
  training: {
    unit: "steps",
    what: "of training the MLP",
    count: 10_000,
    create: () => createSteps([784, 512, 256, 10], 128),
  },
  jit: { unit: "calls", what: "under jit", count: 1_000_000, create: createCalls },
  mobilenet: { unit: "calls", what: "of MobileNetV2 under jit", count: 1000, create: createMobileNet },
};

const { positionals } = commandLine(import.meta.url, {}, 2);
const mode = Object.hasOwn(MODES, positionals[0] ?? "") ? MODES[positionals[0]!] : undefined;
const [given, surplus] = mode === undefined ? positionals : positionals.slice(1);
if (surplus !== undefined) failUsage(import.meta.url, `unexpected "${surplus}"`);
const { unit, what, count, create } = mode ?? BLOCK;
const all = wholeNumber(import.meta.url, unit, given ?? String(count));

const run = await create();
const rows = [await line(0)];
for (let i = 1; i <= LINES; i++) {
  run(Math.round((all * i) / LINES) - Math.round((all * (i - 1)) / LINES));
  rows.push(await line(Math.round((all * i) / LINES)));
}
printTable(
  `what is held after so many ${unit} ${what}, in KiB`,
  [unit, "linear memory", "array buffers", "heap"],
  rows,
);

async function line(done: number): Promise<string[]> {
  const { linear, arrayBuffers, heap } = await measureHeld();
  return [String(done), ...[linear, arrayBuffers, heap].map((bytes) => String(Math.round(bytes / 1024)))];
}

/** Calls of the model with its norms in layers of their own, one image after the other. */
async function createMobileNet(): Promise<(count: number) => void> {
  if (!existsSync(new URL("peers/node_modules", import.meta.url)))
    failUsage(import.meta.url, "mobilenet needs the peers, which are not installed");
  // Not literals: the peers' types are there only where they are installed.
  const folder = "./peers/models/mobilenet";
  const { mobilenet } = (await import(`${folder}/flaxen.ts`)) as MobileNetProgram;
  const { drawMobileNet, IMAGE } = (await import(`${folder}/model.ts`)) as MobileNetWeights;
  const { run: call } = mobilenet(drawMobileNet(false));
  const image = Float32Array.from({ length: IMAGE * IMAGE * 3 }, (_, i) => ((i * 7919) % 256) / 255);
  return (times) => {
    for (let i = 0; i < times; i++) void call(image);
  };
}
