/**
 * Compares the TypeScript core with the WebAssembly kernels on all 2^32 float32 inputs of elementary functions, in two
 * processes; a minute or more each, and no part of CI.
 *
 *     npx tsx scripts/exhaustive.ts [--nofma] NAME...
 *
 * `--nofma` takes the profile without fused multiply-adds. NAME is one of UNARY in src/base.
 */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { UnaryName } from "../src/base/index.ts";
import { UNARY } from "../src/base/index.ts";
import { core } from "../src/core/index.ts";
import { createWasmKernels } from "../src/wasm/index.ts";
import { commandLine, failUsage } from "./commandline.ts";

const NAMES = Object.keys(UNARY) as UnaryName[];
const INPUTS = 2 ** 32;
/** Inputs a call: few enough to stay in the processor's cache. */
const STEP = 2 ** 12;
const PROCESSES = 2;

/** What one process does: every `PROCESSES`th step from step `first` on. */
interface Share {
  readonly name: UnaryName;
  readonly fused: boolean;
  readonly first: number;
}

interface Found {
  readonly different: number;
  /** The first word that differs. */
  readonly word?: number;
}

/** What a process that does a share is started with. */
const SHARE = "--share";

if (process.argv[2] !== SHARE) await main();
else process.once("message", (share: Share) => process.send!(differences(share), () => process.disconnect()));

async function main(): Promise<void> {
  const options = { nofma: { type: "boolean" } } as const;
  const { values, positionals: names } = commandLine(import.meta.url, options, Infinity);
  const fused = !values.nofma;
  if (names.length === 0 || !names.every((name) => NAMES.includes(name as UnaryName)))
    failUsage(import.meta.url, `expected names of ${NAMES.join(", ")}`, options);
  for (const name of names as UnaryName[]) {
    const start = performance.now();
    const found = await Promise.all(Array.from({ length: PROCESSES }, (_, first) => inProcess({ name, fused, first })));
    const different = found.reduce((sum, part) => sum + part.different, 0);
    const word = found.find((part) => part.word !== undefined)?.word;
    if (different > 0) process.exitCode = 1;
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    const example = word === undefined ? "" : `, one of them ${word.toString(16)}`;
    process.stdout.write(
      `${name} ${fused ? "fma" : "nofma"}: ${different} of 2^32 inputs differ${example} (${seconds} s)\n`,
    );
  }
}

function inProcess(share: Share): Promise<Found> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [SHARE]);
    child
      .once("message", resolve)
      .once("error", reject)
      .once("exit", () => reject(new Error(`${share.name}: a process ended without an answer`)));
    child.send(share);
  });
}

/** How many inputs have different bits on the two backends; every NaN is the same one. */
function differences({ name, fused, first }: Share): Found {
  const wasm = createWasmKernels();
  const bits = new Uint32Array(STEP);
  const x = new Float32Array(bits.buffer);
  const a = new Float32Array(STEP);
  const b = new Float32Array(STEP);
  const p = new Uint32Array(a.buffer);
  const q = new Uint32Array(b.buffer);
  let different = 0;
  let word: number | undefined;
  for (let from = first * STEP; from < INPUTS; from += PROCESSES * STEP) {
    for (let i = 0; i < STEP; i++) bits[i] = from + i;
    core.unaryF32(name, x, a, fused);
    wasm.unaryF32(name, x, b, fused);
    for (let i = 0; i < STEP; i++) {
      if (p[i] === q[i] || (a[i] !== a[i] && b[i] !== b[i])) continue;
      different++;
      word ??= from + i;
    }
  }
  return word === undefined ? { different } : { different, word };
}
