import type { BackendName, Kernels } from "./base/index.ts";
import { abstraction, choiceBySize, describe, EnvError, idleOnNothing, int, selfTest } from "./base/index.ts";
// Before the core, so that a bundle has the long text of the kernels near its start: gzip finds what repeats within
// 32 KiB, and would not find in the code after that text what stands before it.
import type { Team, WasmKernels } from "./wasm/index.ts";
import { createWasmKernels, MOST_THREADS, startTeam } from "./wasm/index.ts";
import { core } from "./core/index.ts";

/** Which backend runs, and why that one. */
export interface BackendInfo {
  readonly name: BackendName;
  readonly reason: string;
}

/** What `init` is asked for. */
export interface InitOptions {
  /** How many threads share large products, the calling one among them: from 1 to 64. Left as it is if not given. */
  readonly threads?: number;
}

/** Which backend runs, why that one, and on how many threads. */
export interface InitInfo extends BackendInfo {
  readonly threads: number;
}

/** What the backend in use holds in memory that JavaScript's own accounts do not show. */
export interface MemoryInfo {
  readonly backend: BackendName;
  /** Bytes of WebAssembly memory; it never shrinks. 0 for the core, and before WebAssembly's first use. */
  readonly linearBytes: number;
  /** Bytes of it that hold packed copies of weights. */
  readonly residentBytes: number;
  /** How many weights have such a copy. */
  readonly residents: number;
}

/**
 * WebAssembly takes 1.5 ms to start, and the core is asked in its place until it has done so much: outputs of draws and
 * functions, terms of products. A small model answers at once, and a program that goes on soon has both.
 */
const CORE_FIRST = 512;

interface Chosen extends BackendInfo {
  readonly kernels: Kernels;
}

let inUse: Kernels | undefined;
let forced: BackendInfo | undefined;
let wasm: WasmKernels | undefined;
let warned = false;

/** What does large work by default: undefined until it is worth knowing, or asked for. */
let large: Chosen | undefined;
let doneByCore = 0;

const bySize = choiceBySize(core, kernelsForLarge);

/** The trusted WebAssembly kernels, or the EnvError that says why there are none. */
function trustedWasm(): WasmKernels {
  return (wasm ??= tested(createWasmKernels()));
}

function tested(candidate: WasmKernels): WasmKernels {
  const failed = selfTest(candidate);
  if (failed === undefined) return candidate;
  throw new EnvError("BackendUnavailable", `WebAssembly failed the start-up self-test: ${failed}`);
}

function trustedCore(): Kernels {
  const failed = selfTest(core);
  if (failed === undefined) return core;
  throw new EnvError(
    "NonIeeeHost",
    `the TypeScript core failed the start-up self-test: ${failed}. Float32 arithmetic here is not IEEE 754 (a host that flushes subnormals, or a patched Math)`,
  );
}

/** What work large enough for WebAssembly goes by. */
function kernelsForLarge(size: number): Kernels {
  return large === undefined ? atFirst(size) : large.kernels;
}

/** The same while it is not known whether there is one. */
function atFirst(size: number): Kernels {
  doneByCore += size;
  return doneByCore <= CORE_FIRST ? core : forLarge().kernels;
}

function forLarge(): Chosen {
  if (large !== undefined) return large;
  try {
    large = { name: "wasm", reason: "WebAssembly SIMD compiled and passed the self-test", kernels: trustedWasm() };
  } catch (error) {
    const reason = messageOf(error);
    warnOnce(`on its TypeScript core, slower with the same bits: ${reason}`);
    large = { name: "core", reason, kernels: core };
  }
  return large;
}

function warnOnce(how: string): void {
  if (warned) return;
  warned = true;
  (globalThis.console as { warn?(text: string): void } | undefined)?.warn?.(`flaxen runs ${how}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The kernels in use. The core is tested at the first call, WebAssembly compiled and tested at the first large work. */
export function kernels(): Kernels {
  const real = (inUse ??= chosen());
  return abstraction.on ? idleOnNothing(real) : real;
}

function chosen(): Kernels {
  trustedCore();
  return bySize;
}

/**
 * The backend in use and why: asking compiles WebAssembly, where there is one. Falling back never changes a result.
 *
 * @throws EnvError `NonIeeeHost` if this host's float32 arithmetic is not IEEE 754
 * @example
 * backend().name // => "wasm"
 */
export function backend(): BackendInfo {
  kernels();
  const { name, reason } = forced ?? forLarge();
  return { name, reason };
}

/**
 * How much WebAssembly memory the library holds, and how much of it for weights. A weight's copy is freed when its
 * array is collected.
 *
 * @throws EnvError `NonIeeeHost` if this host's float32 arithmetic is not IEEE 754
 * @example
 * memoryInfo().backend // => "wasm"
 * memoryInfo().residents >= 0 // => true
 */
export function memoryInfo(): MemoryInfo {
  const { name } = backend();
  const { linearBytes = 0, residentBytes = 0, residents = 0 } = name === "wasm" ? wasm! : {};
  return { backend: name, linearBytes, residentBytes, residents };
}

/**
 * Forces a backend, for tests, debugging and benches: `"core"`, `"wasm"` (for every size of work), or `"auto"` for
 * the default choice.
 *
 * @throws TypeError if `name` is none of these
 * @throws EnvError `BackendUnavailable` if WebAssembly with SIMD cannot run here; the backend in use stays
 * @example
 * useBackend("core");
 * backend().name // => "core"
 */
export function useBackend(name: BackendName | "auto"): void {
  if (name === "core") inUse = trustedCore();
  else if (name === "wasm") inUse = trustedWasm();
  else if (name === "auto") inUse = large = undefined;
  else throw new TypeError(`useBackend: "name" expected "core", "wasm" or "auto", got ${describe(name)}`);
  forced = name === "auto" ? undefined : { name, reason: `forced by useBackend("${name}")` };
}

/**
 * Compiles and tests the kernels now instead of at the first use, and starts or ends threads. Optional, and the same
 * instance however often it is called.
 *
 * With `threads` above 1, large products of matrices, and with them layers, convolutions and einsums, are split by their
 * outputs over that many threads, which share one memory; every output is computed as one thread would, so that the bits
 * stay the same. Weights that were kept are packed anew. It needs workers and shared memory: Node, or a page that is
 * cross-origin isolated. Where these are missing the promise still resolves: `threads` is 1, `reason` ends with what is
 * missing, and a warning says so once. Threads end with the process, or by `init({ threads: 1 })`.
 *
 * @throws TypeError if `threads` is not a number
 * @throws RangeError if `threads` is not from 1 to 64
 * @throws EnvError `NonIeeeHost` if this host's float32 arithmetic is not IEEE 754
 * @example
 * (await init()).name // => "wasm"
 * (await init({ threads: 1 })).threads // => 1
 */
export async function init({ threads }: InitOptions = {}): Promise<InitInfo> {
  if (threads !== undefined) {
    const count = int(threads, 'init: "threads"');
    if (count < 1 || count > MOST_THREADS)
      throw new RangeError(`init: "threads" expected 1 to ${MOST_THREADS}, got ${describe(threads)}`);
    // One change after another, in the order of the calls.
    await (changing = changing.then(() => useThreads(count)));
  }
  const { name, reason } = backend();
  return {
    name,
    reason: refused === undefined || name === "core" ? reason : `${reason}; on one thread: ${refused}`,
    threads: name === "wasm" ? wasm!.threads : 1,
  };
}

let changing: Promise<void> = Promise.resolve();
/** Why there are no threads though they were asked for. */
let refused: string | undefined;

async function useThreads(count: number): Promise<void> {
  kernels();
  refused = undefined;
  if (count === (wasm?.threads ?? 1)) return;
  try {
    trustedWasm().join(count === 1 ? undefined : await testedTeam(count));
  } catch (error) {
    wasm?.join(undefined);
    refused = messageOf(error);
    warnOnce(`on one thread: ${refused}`);
  }
}

async function testedTeam(count: number): Promise<Team> {
  const team = await startTeam(count);
  try {
    tested(team.kernels);
    return team;
  } catch (error) {
    team.close();
    throw error;
  }
}
