/**
 * `npx tsx bench/longrun.ts [passes]`: does a model that runs for long leak memory? Every line should be like the
 * second. `npx tsx bench/longrun.ts training [steps]` trains the MLP 784-512-256-10 at batch 128 instead,
 * `npx tsx bench/longrun.ts jit [calls]` calls an MLP under nnx.jit, a million times.
 */
import { createPasses, measureHeld } from "./block.ts";
import { createCalls } from "./jitted.ts";
import { createSteps } from "./steps.ts";
import { printTable } from "./table.ts";

const LINES = 10;
const [first, second] = process.argv.slice(2);
const trains = first === "training";
const isJitted = first === "jit";
const count = trains ? 10_000 : isJitted ? 1_000_000 : 100_000;
const passes = Number((trains || isJitted ? second : first) ?? count);

const run = trains ? createSteps([784, 512, 256, 10], 128) : isJitted ? createCalls() : createPasses();
const rows = [await line(0)];
for (let i = 1; i <= LINES; i++) {
  run(Math.round(passes / LINES));
  rows.push(await line(Math.round((passes * i) / LINES)));
}
const unit = trains ? "steps" : isJitted ? "calls" : "passes";
const what = trains ? "of training the MLP" : isJitted ? "under jit" : "of a GPT block";
printTable(
  `what is held after so many ${unit} ${what}, in KiB`,
  [unit, "linear memory", "array buffers", "heap"],
  rows,
);

async function line(done: number): Promise<string[]> {
  const { linear, arrayBuffers, heap } = await measureHeld();
  return [String(done), ...[linear, arrayBuffers, heap].map((bytes) => String(Math.round(bytes / 1024)))];
}
