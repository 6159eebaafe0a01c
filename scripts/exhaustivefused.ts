/**
 * Compares the emulation of fused multiply-adds, in the TypeScript core and in the first module of WebAssembly, with
 * true ones, those of the second module, on all 2^32 float32 inputs of the functions that have them. On an engine that
 * fuses, such as Node 22; one process, minutes a function and most of them in the core. No part of CI.
 *
 *     node --import tsx scripts/exhaustivefused.ts [--stride=N] [--wasm] [NAME...]
 *
 * `--stride=N` takes every Nth input only, `--wasm` leaves the core out.
 */
import type { ActivationName, Kernels, UnaryName } from "../src/base/index.ts";
import { core } from "../src/core/index.ts";
import { FUSED_ACTIVATIONS, FUSED_UNARY } from "../src/wasm/fused/operations.ts";
import { carryFused, createWasmKernels } from "../src/wasm/index.ts";
import { commandLine, failUsage } from "./commandline.ts";

const INPUTS = 2 ** 32;
/** Inputs a call: few enough to stay in the processor's cache. */
const STEP = 2 ** 12;
const NAMES: readonly string[] = [...FUSED_UNARY, ...FUSED_ACTIVATIONS];

const OPTIONS = { stride: { type: "string", default: "1" }, wasm: { type: "boolean", default: false } } as const;
const { values, positionals } = commandLine(import.meta.url, OPTIONS, Infinity);
const stride = Number(values.stride);
const unknown = positionals.find((name) => !NAMES.includes(name));
if (unknown !== undefined || !(Number.isInteger(stride) && stride > 0)) {
  const expected = `expected a whole --stride, and names of ${NAMES.join(", ")}`;
  failUsage(import.meta.url, `${expected}, got ${unknown ?? values.stride}`, OPTIONS);
}

carryFused();
const fused = createWasmKernels(undefined, undefined, { emulated: 0 });
if (!fused.fuse()) {
  process.stderr.write("this engine does not fuse: Node 22 does on a processor with fused multiply-add\n");
  process.exit(2);
}
const emulations = new Map<string, Kernels>([
  ["WebAssembly", createWasmKernels(undefined, undefined, { emulated: Infinity })],
  ...(values.wasm ? [] : [["the core", core] as const]),
]);

for (const name of positionals.length > 0 ? positionals : NAMES) {
  const start = performance.now();
  const found = differences(name);
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  for (const [emulation, words] of found) {
    if (words.length > 0) process.exitCode = 1;
    const examples = words.slice(0, 4).map((word) => word.toString(16));
    process.stdout.write(
      `${name}: ${words.length} of 2^32${stride === 1 ? "" : ` / ${stride}`} inputs differ in ${emulation}` +
        `${words.length > 0 ? `, such as ${examples.join(", ")}` : ""} (${seconds} s)\n`,
    );
  }
}

/** The inputs for which each emulation has other bits; every NaN is the same one. */
function differences(name: string): ReadonlyMap<string, number[]> {
  const bits = new Uint32Array(STEP);
  const x = new Float32Array(bits.buffer);
  const a = new Float32Array(STEP);
  const b = new Float32Array(STEP);
  const p = new Uint32Array(a.buffer);
  const q = new Uint32Array(b.buffer);
  const found = new Map(Array.from(emulations.keys(), (emulation) => [emulation, [] as number[]]));
  for (let from = 0; from < INPUTS; from += STEP * stride) {
    const n = Math.min(STEP, Math.ceil((INPUTS - from) / stride));
    for (let i = 0; i < n; i++) bits[i] = from + i * stride;
    run(fused, name, x, a);
    for (const [emulation, kernels] of emulations) {
      run(kernels, name, x, b);
      for (let i = 0; i < n; i++)
        if (p[i] !== q[i] && (a[i] === a[i] || b[i] === b[i])) found.get(emulation)!.push(bits[i]!);
    }
  }
  return found;
}

function run(kernels: Kernels, name: string, x: Float32Array, out: Float32Array): void {
  if (FUSED_UNARY.includes(name as UnaryName)) kernels.unaryF32(name as UnaryName, x, out, true);
  else kernels.activateF32(name as ActivationName, x, 1, 1, out, true);
}
