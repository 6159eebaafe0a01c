import { execFileSync } from "node:child_process";
import { distUrl } from "./dist-url.ts";
import { formatTiming, summary } from "./measure.ts";
import { printTable } from "./table.ts";

const PROCESSES = 11;
const NS_PER_MS = 1e6;
const FILES = ["node/index.js", "flaxen.min.js"] as const;

/**
 * What a program does first: each step's label and its code. The core answers the small one; the others start
 * WebAssembly. What the small one calls, bundles compile at import (scripts/bundle/eagercompile.ts): that makes its
 * first call half as long and import a millisecond longer, which is parsing nearly alone (11 of 15 ms; Node keeps
 * compiled code from 22 on, if NODE_COMPILE_CACHE names a folder: 6 ms). Where a step's time is 1 ms above its usual
 * one, the collector ran in it.
 */
const PROGRAMS = {
  "a small model": [
    [
      "ModuleBasics 3x4 and its first call",
      "const model = new ModuleBasics(3, 4, new nnx.Rngs(0)); const x = numpy.array([1, 2, 3]); model(x);",
    ],
    ["its second call", "model(x);"],
  ],
  "a large model": [
    [
      "ModuleBasics 256x256 and its first call",
      "const model = new ModuleBasics(256, 256, new nnx.Rngs(0)); const x = numpy.ones([256]); model(x);",
    ],
    ["its second call, which packs the weights", "model(x);"],
  ],
  "asking for the backend": [
    ["backend(): self-tests, decode, compile", "backend();"],
    [
      "ModuleBasics 3x4 and its first call",
      "const model = new ModuleBasics(3, 4, new nnx.Rngs(0)); model(numpy.array([1, 2, 3]));",
    ],
  ],
} as const;

/** Runs in a process of its own; prints the milliseconds of each step, the import first, as JSON. */
function script(file: string, steps: readonly (readonly [label: string, code: string])[]): string {
  return `
    const times = [];
    let last = performance.now();
    const lap = () => { const now = performance.now(); times.push(now - last); last = now; };
    const { ModuleBasics, backend, nnx, numpy } = await import(${JSON.stringify(distUrl(file))});
    lap();
    ${steps.map(([, code]) => `${code} lap();`).join("\n    ")}
    console.log(JSON.stringify([...times, performance.now()]));
  `;
}

for (const [title, steps] of Object.entries(PROGRAMS)) {
  const samples = FILES.map((): number[][] => []);
  for (let i = 0; i < PROCESSES; i++) {
    FILES.forEach((file, f) =>
      samples[f]!.push(
        JSON.parse(
          execFileSync(process.execPath, ["--input-type=module", "--eval", script(file, steps)], { encoding: "utf8" }),
        ) as number[],
      ),
    );
  }
  const labels = ["import", ...steps.map(([label]) => label), "node's start to the end"];
  const rows = labels.map((label, s) => [
    label,
    ...samples.map((runs) =>
      formatTiming(
        summary(
          label,
          runs.map((times) => times[s]! * NS_PER_MS),
        ),
        NS_PER_MS,
      ),
    ),
  ]);
  printTable(
    `start-up with ${title}, ${PROCESSES} fresh processes: ms, median (min..max)`,
    ["step", ...FILES.map((file) => `dist/${file}`)],
    rows,
  );
}
