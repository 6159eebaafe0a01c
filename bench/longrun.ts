/**
 * `npx tsx bench/longrun.ts [passes]`: does a model that runs for long leak memory? Every line should be like the
 * second.
 */
import { createPasses, measureHeld } from "./block.ts";
import { printTable } from "./table.ts";

const LINES = 10;
const passes = Number(process.argv[2] ?? 100_000);

const run = createPasses();
const rows = [await line(0)];
for (let i = 1; i <= LINES; i++) {
  run(Math.round(passes / LINES));
  rows.push(await line(Math.round((passes * i) / LINES)));
}
printTable(
  "what is held after so many passes of a GPT block, in KiB",
  ["passes", "linear memory", "array buffers", "heap"],
  rows,
);

async function line(done: number): Promise<string[]> {
  const { linear, arrayBuffers, heap } = await measureHeld();
  return [String(done), ...[linear, arrayBuffers, heap].map((bytes) => String(Math.round(bytes / 1024)))];
}
