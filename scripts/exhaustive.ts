/**
 * Compares the TypeScript core with the WebAssembly kernels on all 2^32 float32 inputs of elementary functions; minutes
 * each, and no part of CI.
 *
 *     npx tsx scripts/exhaustive.ts [--nofma] NAME...
 */
import type { UnaryName } from "../src/base/index.ts";
import { core } from "../src/core/index.ts";
import { createWasmKernels } from "../src/wasm/index.ts";
import { wordsOf } from "../test/bits.ts";

const NAMES: readonly UnaryName[] = ["exp", "expm1", "log", "log1p", "tanh", "erf", "erfInv", "logistic", "sqrt", "sin", "cos", "tan"];
const INPUTS = 2 ** 32;
const STEP = 2 ** 16;

const args = process.argv.slice(2);
const fused = !args.includes("--nofma");
const names = args.filter((arg) => arg !== "--nofma");
if (names.length === 0 || !names.every((name) => NAMES.includes(name as UnaryName))) {
  process.stderr.write(`usage: npx tsx scripts/exhaustive.ts [--nofma] NAME...\nNAME is one of ${NAMES.join(", ")}\n`);
  process.exit(2);
}

const wasm = createWasmKernels();
for (const name of names as UnaryName[]) {
  const start = performance.now();
  const different = differences(name);
  if (different > 0) process.exitCode = 1;
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  process.stdout.write(`${name} ${fused ? "fma" : "nofma"}: ${different} of 2^32 inputs differ (${seconds} s)\n`);
}

/** How many inputs of `name` have different bits on the two backends; every NaN is the same one. */
function differences(name: UnaryName): number {
  const bits = new Uint32Array(STEP);
  const x = new Float32Array(bits.buffer);
  const a = new Float32Array(STEP);
  const b = new Float32Array(STEP);
  let different = 0;
  for (let from = 0; from < INPUTS; from += STEP) {
    for (let i = 0; i < STEP; i++) bits[i] = from + i;
    core.unaryF32(name, x, a, fused);
    wasm.unaryF32(name, x, b, fused);
    const p = wordsOf(a);
    const q = wordsOf(b);
    for (let i = 0; i < STEP; i++) if (p[i] !== q[i]) different++;
  }
  return different;
}
