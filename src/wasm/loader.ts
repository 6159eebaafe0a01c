import { EnvError } from "../base/index.ts";
import type { KernelExports } from "./exports.ts";
import type { Payload } from "./payload.ts";
import { decodePayload } from "./payload.ts";
import type { WasmMemory, WasmModule, WebAssemblyApi } from "./webassembly.ts";

// Taken at load, so that code which replaces globals later does not reach the kernels. All may be missing.
const engine = (globalThis as { WebAssembly?: WebAssemblyApi }).WebAssembly;
const Compiled = engine?.Module;
const Instance = engine?.Instance;
const Memory = engine?.Memory;
const RuntimeError = engine?.RuntimeError;

/** Whether a kernel trapped, rather than JavaScript threw. */
export function isTrap(error: unknown): boolean {
  return RuntimeError !== undefined && error instanceof RuntimeError;
}

/**
 * Compiles the kernels, synchronously.
 *
 * @throws EnvError `BackendUnavailable` if this host cannot run them: no WebAssembly, no SIMD, a content security
 * policy without `wasm-unsafe-eval`, a big-endian processor
 */
export function compileKernels(bytes: Uint8Array<ArrayBuffer>): WasmModule {
  if (Compiled === undefined) throw unavailable("this host has no WebAssembly");
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1)
    throw unavailable("this processor is big-endian, and WebAssembly memory is little-endian");
  try {
    return new Compiled(bytes);
  } catch (cause) {
    throw unavailable("this host does not compile the kernels", cause);
  }
}

/**
 * Makes an instance, on a shared memory if the module imports one.
 *
 * @throws EnvError `BackendUnavailable` if the engine refuses, as it may when it is out of memory
 */
export function instantiate(module: WasmModule, memory?: WasmMemory): KernelExports {
  try {
    return new Instance!(module, memory && { env: { memory } }).exports as unknown as KernelExports;
  } catch (cause) {
    throw unavailable("this host does not instantiate the kernels", cause);
  }
}

/**
 * A memory that threads share, which can grow to `maximum` pages, or to a half, a quarter or an eighth of that where
 * the host lacks the address space.
 *
 * @throws EnvError `BackendUnavailable` if the engine makes none
 */
export function shareMemory(initial: number, maximum: number): WasmMemory {
  for (let part = 1; ; part *= 2) {
    try {
      return new Memory!({ initial, maximum: maximum / part, shared: true });
    } catch (cause) {
      if (part === 8) throw unavailable("this host does not make a shared memory", cause);
    }
  }
}

/** @throws EnvError `BackendUnavailable` if the text has not as many bytes as it should */
export function decode(payload: Payload): Uint8Array<ArrayBuffer> {
  const bytes = decodePayload(payload);
  if (bytes === undefined)
    throw unavailable(`expected ${payload.LENGTH} bytes of kernels, got more or fewer: the bytes are damaged`);
  return bytes;
}

/** Like `decode`. @throws EnvError `BackendUnavailable` also if their checksum is another */
export function decodeSound(payload: Payload): Uint8Array<ArrayBuffer> {
  const bytes = decode(payload);
  if (fnv1a(bytes) !== payload.FNV1A) throw damaged();
  return bytes;
}

/** The 32-bit FNV-1a checksum, as the kernels' own `fnv1a` gives it. */
export function fnv1a(bytes: Uint8Array): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash >>> 0;
}

/** The error for bytes whose checksum is not that of the build. */
export function damaged(cause?: unknown): EnvError {
  return unavailable("the kernels' checksum differs: the bytes are damaged", cause);
}

/** The error for a host that lacks what the kernels need. */
export function unavailable(message: string, cause?: unknown): EnvError {
  if (cause === undefined) return new EnvError("BackendUnavailable", message);
  return new EnvError("BackendUnavailable", `${message} (${String(cause)})`, { cause });
}
