import { EnvError } from "../base/index.ts";
import type { KernelExports } from "./exports.ts";
import type { WasmMemory, WasmModule, WebAssemblyApi } from "./webassembly.ts";

/** The kernels' module as the build writes it: hexadecimal, its length in bytes and its FNV-1a checksum. */
export interface Payload {
  readonly HEX: string;
  readonly LENGTH: number;
  readonly FNV1A: number;
}

// Taken at load, so that code which replaces globals later does not reach the kernels. All may be missing.
const engine = (globalThis as { WebAssembly?: WebAssemblyApi }).WebAssembly;
const Compiled = engine?.Module;
const Instance = engine?.Instance;
const Memory = engine?.Memory;
const RuntimeError = engine?.RuntimeError;
const fromHex = (Uint8Array as { fromHex?: (text: string) => Uint8Array<ArrayBuffer> }).fromHex;
const { Buffer } = globalThis as { Buffer?: NodeBuffer };

/** The part of Node's Buffer that the loader uses: its own types come with all of Node's. */
interface NodeBuffer {
  from(text: string, encoding: "hex"): Uint8Array;
}

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

/** The module's bytes. @throws EnvError `BackendUnavailable` if the text is not hexadecimal of the right length */
export function decode({ HEX, LENGTH }: Payload): Uint8Array<ArrayBuffer> {
  const bytes = decodeHex(HEX);
  if (bytes.length !== LENGTH) throw unavailable(`expected ${LENGTH} bytes of kernels, got ${bytes.length}`);
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

function decodeHex(text: string): Uint8Array<ArrayBuffer> {
  try {
    if (fromHex !== undefined) return fromHex.call(Uint8Array, text);
    // A cold loop over the text takes 2.5 ms, Buffer 0.2 (39 KiB, Node 20, 2026-11).
    return Buffer === undefined ? decodeByLoop(text) : new Uint8Array(Buffer.from(text, "hex"));
  } catch (cause) {
    throw unavailable("the kernels are not hexadecimal: the bytes are damaged", cause);
  }
}

/**
 * For hosts without `Uint8Array.fromHex` and Node's Buffer. What is no digit decodes to wrong bytes, which the checksum
 * detects.
 */
function decodeByLoop(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length >> 1);
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = (digit(text.charCodeAt(2 * i)) << 4) | digit(text.charCodeAt(2 * i + 1));
  return bytes;
}

/** The value of a hexadecimal digit: the low bits of "0" to "9" are the value, those of "a" to "f" are 9 less. */
function digit(code: number): number {
  return (code & 15) + (code >> 6) * 9;
}

/** The error for a host that lacks what the kernels need. */
export function unavailable(message: string, cause?: unknown): EnvError {
  if (cause === undefined) return new EnvError("BackendUnavailable", message);
  return new EnvError("BackendUnavailable", `${message} (${String(cause)})`, { cause });
}
