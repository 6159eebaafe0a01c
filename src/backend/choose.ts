import type { BackendName, Kernels } from "../base/index.ts";
import { describe, refuseSurplus, shapesOnly } from "../base/index.ts";
import { dispatchBySize } from "./dispatch.ts";
import { skipEmpty } from "./skipempty.ts";
import { withProducts } from "./products.ts";
import { existingWasm, trustedCore, trustedWasm } from "./trusted.ts";
import { messageOf, warnOnce } from "./warn.ts";
import { core } from "../core/index.ts";

/** Which backend runs, and why that one. */
export interface BackendInfo {
  readonly name: BackendName;
  readonly reason: string;
}

/** What the backend in use holds in memory that JavaScript does not account for. */
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
 * WebAssembly takes 1.5 ms to start. The core does its work until it has done this much: outputs of draws and
 * functions, terms of products. A small model answers at once, and a program that goes on soon uses both.
 */
const CORE_FIRST = 512;

interface Chosen extends BackendInfo {
  readonly kernels: Kernels;
}

let inUse: Kernels | undefined;
let forced: BackendInfo | undefined;

/** The kernels for large work by default. Undefined until it is worth finding out, or asked for. */
let large: Chosen | undefined;
let doneByCore = 0;

const bySize = dispatchBySize(core, kernelsForLarge);

/** The kernels for work that is large enough for WebAssembly. */
function kernelsForLarge(size: number): Kernels {
  return large === undefined ? atFirst(size) : large.kernels;
}

/** Like `kernelsForLarge`, while it is not known whether WebAssembly runs here. */
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

/**
 * The kernels in use. The core is tested at the first call, WebAssembly compiled and tested at the first large work.
 */
export function kernels(): Kernels {
  const rounded = (inUse ??= chosen());
  const real = withProducts(rounded, rounded === bySize ? kernelsForLarge : undefined);
  return shapesOnly.on ? skipEmpty(real) : real;
}

/** Which backend does work of `size`, where WebAssembly repays itself from `from` on. */
export function backendFor(size: number, from: number): BackendName {
  const real = (inUse ??= chosen());
  if (real !== bySize) return real.name;
  return size < from ? "core" : kernelsForLarge(size).name;
}

function chosen(): Kernels {
  trustedCore();
  return bySize;
}

/**
 * The backend in use and why. The first call compiles WebAssembly where it is available. Falling back never changes a
 * result.
 *
 * @throws EnvError `NonIeeeHost` if this host's float32 arithmetic is not IEEE 754
 * @example
 * backend().name // => "wasm"
 */
export function backend(): BackendInfo {
  if (arguments.length > 0) refuseSurplus("backend", "", arguments, false);
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
  if (arguments.length > 0) refuseSurplus("memoryInfo", "", arguments, false);
  const { name } = backend();
  const { linearBytes = 0, residentBytes = 0, residents = 0 } = name === "wasm" ? existingWasm()! : {};
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
  if (arguments.length > 1) refuseSurplus("useBackend", "name", arguments, false);
  if (name === "core") inUse = trustedCore();
  else if (name === "wasm") inUse = trustedWasm();
  else if (name === "auto") inUse = large = undefined;
  else throw new TypeError(`useBackend: "name" expected "core", "wasm" or "auto", got ${describe(name)}`);
  forced = name === "auto" ? undefined : { name, reason: `forced by useBackend("${name}")` };
}
