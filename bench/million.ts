/**
 * `npx tsx bench/million.ts [calls]`: a million calls of an MLP 784-512-256-10, and what the process holds after each
 * tenth. The heap is read after collection; nothing may grow from call to call.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { commandLine, wholeNumber } from "../scripts/commandline.ts";
import { libraryFor } from "./dist.ts";
import { printTable } from "./table.ts";

const { positionals } = commandLine(import.meta.url, {}, 1);
const CALLS = wholeNumber(import.meta.url, "calls", positionals[0] ?? "1000000");
const STOPS = 10;
const KIB = 1024;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const { memoryInfo, nnx, numpy } = await libraryFor("auto");
const rngs = new nnx.Rngs(0);
const model = new nnx.Sequential(
  new nnx.Linear(784, 512, { rngs }),
  nnx.relu,
  new nnx.Linear(512, 256, { rngs }),
  nnx.relu,
  new nnx.Linear(256, 10, { rngs }),
);
const x = numpy.ones([784]);

const rows: string[][] = [];
for (let stop = 0; stop <= STOPS; stop++) {
  const start = performance.now();
  const calls = stop === 0 ? 10 : CALLS / STOPS;
  for (let call = 0; call < calls; call++) model(x);
  const us = ((performance.now() - start) * 1000) / calls;
  await settled();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  const { linearBytes, residents } = memoryInfo();
  rows.push([
    `${Math.round((stop * CALLS) / STOPS)}`,
    us.toFixed(1),
    ...[linearBytes, arrayBuffers, heapUsed, rss].map((bytes) => (bytes / KIB).toFixed(0)),
    `${residents}`,
  ]);
}
printTable(
  "MLP 784-512-256-10, one row a call: KiB after collection",
  ["calls", "us a call", "linear memory", "array buffers", "heap", "resident set", "copies of weights"],
  rows,
);

/** Collects garbage and lets finalizers run, several times, because one object may wait for another. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) {
    collect();
    await new Promise<void>((next) => setImmediate(next));
  }
}
