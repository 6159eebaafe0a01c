import { execFileSync } from "node:child_process";
import { distUrl } from "./dist-url.ts";
import { formatTiming, summary } from "./measure.ts";
import { printTable } from "./table.ts";

const PROCESSES = 11;
const NS_PER_MS = 1e6;
const FILES = ["index.js", "flaxen.min.js"] as const;
const STEPS = ["import", "backend(): decode, compile, self-test", "first model and its first call", "its second call", "node's start to y"] as const;

/** Runs in a process of its own; prints the milliseconds of each step as JSON. */
function script(file: string): string {
  return `
    const times = [];
    let last = performance.now();
    const lap = () => { const now = performance.now(); times.push(now - last); last = now; };
    const { ModuleBasics, backend, nnx, numpy } = await import(${JSON.stringify(distUrl(file))});
    lap();
    backend();
    lap();
    const model = new ModuleBasics(3, 4, new nnx.Rngs(0));
    const x = numpy.array([1, 2, 3]);
    model(x);
    lap();
    model(x);
    lap();
    console.log(JSON.stringify([...times, performance.now()]));
  `;
}

const samples = FILES.map((): number[][] => []);
for (let i = 0; i < PROCESSES; i++) {
  FILES.forEach((file, f) => samples[f]!.push(JSON.parse(execFileSync(process.execPath, ["--input-type=module", "--eval", script(file)], { encoding: "utf8" })) as number[]));
}

const rows = STEPS.map((step, s) => [step, ...samples.map((runs) => formatTiming(summary(step, runs.map((times) => times[s]! * NS_PER_MS)), NS_PER_MS))]);
printTable(`start-up in ${PROCESSES} fresh processes: ms, median (least..most)`, ["step", ...FILES.map((file) => `dist/${file}`)], rows);
