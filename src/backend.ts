import type { BackendName, Kernels } from "./base/index.ts";
import { describe, EnvError, selfTest } from "./base/index.ts";
import { core } from "./core/index.ts";
import type { WasmKernels } from "./wasm/index.ts";
import { createWasmKernels } from "./wasm/index.ts";

/** Which backend runs, and why that one. */
export interface BackendInfo {
  readonly name: BackendName;
  readonly reason: string;
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
 * Below these sizes the TypeScript core answers sooner than a call that carries its arguments into linear memory and
 * back; the bits are the same. Medians of bench/thresholds.ts, Node 20 on x86-64, 2026-11; `unary` is taken from the
 * draws, not measured.
 */
const WASM_FROM = { draws: 8, normals: 2, unary: 8, products: 64 } as const;

interface Active extends BackendInfo {
  readonly kernels: Kernels;
}

let active: Active | undefined;
let wasm: WasmKernels | undefined;
let warned = false;

/** Makes one set of kernels of two, by the size of the work. */
function bySize(large: Kernels): Kernels {
  const { draws, normals, unary, products } = WASM_FROM;
  const pick = (size: number, from: number): Kernels => (size < from ? core : large);
  return {
    name: "wasm",
    threefry2x32: (k0, k1, x0, x1) => pick(x0.length, draws).threefry2x32(k0, k1, x0, x1),
    bits64: (k0, k1, start, out) => pick(out.length, draws).bits64(k0, k1, start, out),
    bits32: (k0, k1, start, out) => pick(out.length, draws).bits32(k0, k1, start, out),
    bits16: (k0, k1, start, out) => pick(out.length, draws).bits16(k0, k1, start, out),
    bits8: (k0, k1, start, out) => pick(out.length, draws).bits8(k0, k1, start, out),
    bits32Original: (k0, k1, out) => pick(out.length, draws).bits32Original(k0, k1, out),
    uniformF32: (k0, k1, start, minval, maxval, out, fused) => pick(out.length, draws).uniformF32(k0, k1, start, minval, maxval, out, fused),
    uniformFromBitsF32: (bits, minval, maxval, out, fused) => pick(out.length, draws).uniformFromBitsF32(bits, minval, maxval, out, fused),
    normalF32: (k0, k1, start, out, fused) => pick(out.length, normals).normalF32(k0, k1, start, out, fused),
    normalFromBitsF32: (bits, out, fused) => pick(out.length, normals).normalFromBitsF32(bits, out, fused),
    unaryF32: (op, x, out, fused) => pick(out.length, unary).unaryF32(op, x, out, fused),
    powF32: (x, y, out) => pick(out.length, unary).powF32(x, y, out),
    matvecF32: (x, w, out, pinned) => pick(x.length * out.length, products).matvecF32(x, w, out, pinned),
    matmulF32: (x, w, out, rows, pinned) => pick(rows * w.length, products).matmulF32(x, w, out, rows, pinned),
  };
}

/** The trusted WebAssembly kernels, or the EnvError that says why there are none. */
function trustedWasm(): WasmKernels {
  if (wasm) return wasm;
  const candidate = createWasmKernels();
  const failed = selfTest(candidate);
  if (failed !== undefined) throw new EnvError("BackendUnavailable", `WebAssembly failed the start-up self-test: ${failed}`);
  wasm = candidate;
  return wasm;
}

function trustedCore(): Kernels {
  const failed = selfTest(core);
  if (failed === undefined) return core;
  throw new EnvError("NonIeeeHost", `the TypeScript core failed the start-up self-test: ${failed}. Float32 arithmetic here is not IEEE 754 (a host that flushes subnormals, or a patched Math)`);
}

function choose(): Active {
  trustedCore();
  try {
    return { name: "wasm", reason: "WebAssembly SIMD compiled and passed the self-test", kernels: bySize(trustedWasm()) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    warnOnce(reason);
    return { name: "core", reason, kernels: core };
  }
}

function warnOnce(reason: string): void {
  if (warned) return;
  warned = true;
  (globalThis.console as { warn?(text: string): void } | undefined)?.warn?.(`flaxen runs on its TypeScript core, slower with the same bits: ${reason}`);
}

/** The kernels in use; chosen, compiled and tested at the first call. */
export function kernels(): Kernels {
  return (active ??= choose()).kernels;
}

/**
 * The backend in use and why. Falling back never changes a result.
 *
 * @throws EnvError `NonIeeeHost` if this host's float32 arithmetic is not IEEE 754
 * @example
 * backend().name // => "wasm"
 */
export function backend(): BackendInfo {
  const { name, reason } = (active ??= choose());
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
  const { name } = (active ??= choose());
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
  if (name === "core") active = { name, reason: 'forced by useBackend("core")', kernels: trustedCore() };
  else if (name === "wasm") active = { name, reason: 'forced by useBackend("wasm")', kernels: trustedWasm() };
  else if (name === "auto") active = undefined;
  else throw new TypeError(`useBackend: "name" expected "core", "wasm" or "auto", got ${describe(name)}`);
}

/**
 * Compiles and tests the kernels now instead of at the first use. Optional, and the same instance however often it is
 * called.
 *
 * @example
 * (await init()).name // => "wasm"
 */
export async function init(): Promise<BackendInfo> {
  return backend();
}
