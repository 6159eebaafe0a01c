/**
 * `npm run bench`: runs the benches of this folder and prints markdown; `npm run bench -- matvec model` runs these
 * alone. There are kernels, bits, uniform, normal, truncatednormal, matvec, matmul, attention, elementwise, model,
 * startup, thresholds, threads and weights.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { commandLine, failUsage } from "../scripts/commandline.ts";
import { machine } from "./machine.ts";

const BENCHES = [
  "kernels",
  "bits",
  "uniform",
  "normal",
  "truncatednormal",
  "matvec",
  "matmul",
  "attention",
  "elementwise",
  "model",
  "startup",
  "thresholds",
  "threads",
  "weights",
];

process.exitCode = main(commandLine(import.meta.url, {}, Infinity).positionals);

function main(asked: readonly string[]): number {
  const unknown = asked.find((name) => !BENCHES.includes(name));
  if (unknown !== undefined) failUsage(import.meta.url, `expected ${BENCHES.join(", ")}, got ${unknown}`);
  process.stdout.write(`${machine()}\n`);
  const failed = (asked.length > 0 ? asked : BENCHES).filter((name) => !passes(name));
  if (failed.length > 0) process.stderr.write(`bench: failed: ${failed.join(", ")}\n`);
  return failed.length > 0 ? 1 : 0;
}

/** Each bench runs in a process of its own, so that its figures do not depend on the others. */
function passes(name: string): boolean {
  const file = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  return spawnSync(process.execPath, [...process.execArgv, file], { stdio: "inherit" }).status === 0;
}
