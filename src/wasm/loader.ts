import { EnvError } from "../base/index.ts";
import type { WasmMemory, WasmModule, WebAssemblyApi } from "./webassembly.ts";

/** The kernels' module as the build writes it: hexadecimal, its length in bytes and its FNV-1a checksum. */
export interface Payload {
  readonly HEX: string;
  readonly LENGTH: number;
  readonly FNV1A: number;
}

/** What the module exports. Pointers are byte addresses, counts are in elements; assembly/ documents each. */
export interface KernelExports {
  readonly memory: WasmMemory;
  heapBase(): number;
  fnv1a(ptr: number, n: number): number;
  threefry2x32(k0: number, k1: number, x0Ptr: number, x1Ptr: number, n: number): void;
  bits64(k0: number, k1: number, high: number, low: number, outPtr: number, n: number): void;
  bits32(k0: number, k1: number, high: number, low: number, outPtr: number, n: number): void;
  bits16(k0: number, k1: number, high: number, low: number, outPtr: number, n: number): void;
  bits8(k0: number, k1: number, high: number, low: number, outPtr: number, n: number): void;
  bits32Original(k0: number, k1: number, first: number, second: number, y0Ptr: number, y1Ptr: number, n: number): void;
  uniformF32(
    k0: number,
    k1: number,
    high: number,
    lowWord: number,
    low: number,
    span: number,
    fused: boolean,
    outPtr: number,
    n: number,
  ): void;
  uniformFromBitsF32(bitsPtr: number, low: number, span: number, fused: boolean, outPtr: number, n: number): void;
  normalF32(k0: number, k1: number, high: number, low: number, outPtr: number, n: number): void;
  normalFromBitsF32(bitsPtr: number, outPtr: number, n: number): void;
  splitNormalFromBitsF32(bitsPtr: number, outPtr: number, n: number): void;
  truncatedNormalF32(
    k0: number,
    k1: number,
    high: number,
    lowWord: number,
    low: number,
    span: number,
    clipMin: number,
    clipMax: number,
    fused: boolean,
    outPtr: number,
    n: number,
  ): void;
  truncatedNormalFromBitsF32(
    bitsPtr: number,
    low: number,
    span: number,
    clipMin: number,
    clipMax: number,
    fused: boolean,
    outPtr: number,
    n: number,
  ): void;
  unaryF32(op: number, fused: boolean, xPtr: number, outPtr: number, n: number): void;
  reluF32(ptr: number, n: number): void;
  activateF32(op: number, fused: boolean, ptr: number, n: number, a: number, b: number): void;
  powF32(xPtr: number, yPtr: number, outPtr: number, n: number): void;
  sumRowsF32(xPtr: number, n: number, rows: number, outPtr: number): void;
  addGroupsF32(xPtr: number, first: number, rows: number, groups: number, size: number, partsPtr: number): void;
  addPartsF32(xPtr: number, first: number, rows: number, cols: number, parts: number, partsPtr: number): void;
  combinePartsF32(partsPtr: number, cols: number, size: number, outPtr: number): void;
  softmaxF32(xPtr: number, n: number, rows: number, outPtr: number, fused: boolean, log: boolean): void;
  shiftedExpF32(ptr: number, top: number, n: number, fused: boolean): void;
  scaleF32(ptr: number, factor: number, n: number): void;
  normalizeRowsF32(
    xPtr: number,
    n: number,
    rows: number,
    outPtr: number,
    scalePtr: number,
    biasPtr: number,
    first: number,
    period: number,
    epsilon: number,
    centered: boolean,
  ): void;
  factorsF32(ptr: number, scalePtr: number, n: number, epsilon: number): void;
  standardizeF32(
    xPtr: number,
    rows: number,
    cols: number,
    size: number,
    outPtr: number,
    meanPtr: number,
    factorPtr: number,
    biasPtr: number,
  ): void;
  packRowsF32(xPtr: number, toPtr: number, rows: number, n: number): void;
  matmulPanelsF32(
    xPtr: number,
    xStride: number,
    packedPtr: number,
    yPtr: number,
    yStride: number,
    rows: number,
    n: number,
    m: number,
  ): void;
  binaryF32(op: number, xPtr: number, yPtr: number, outPtr: number, n: number, period: number): void;
  maskBytes(maskPtr: number, outPtr: number, n: number): void;
  selectF32(conditionPtr: number, xPtr: number, yPtr: number, outPtr: number, n: number): void;
  spreadF32(fromPtr: number, run: number, skip: number, outPtr: number, n: number): void;
  matvecF32(xPtr: number, wPtr: number, yPtr: number, n: number, m: number): void;
  matvecPanelsF32(xPtr: number, packedPtr: number, yPtr: number, n: number, m: number): void;
  packPanelsF32(srcPtr: number, dstPtr: number, n: number, k0: number, rows: number, c0: number, cols: number): void;
  extremesF32(
    linesPtr: number,
    lines: number,
    step: number,
    places: number,
    offsetsPtr: number,
    count: number,
    features: number,
    outPtr: number,
    least: boolean,
  ): void;
  convolveF32(
    placesPtr: number,
    places: number,
    runsPtr: number,
    runs: number,
    run: number,
    packedPtr: number,
    m: number,
    yPtr: number,
    width: number,
    biasPtr: number,
  ): void;
  packKeysF32(keyPtr: number, stride: number, keys: number, width: number, packedPtr: number): void;
  attentionF32(
    queryPtr: number,
    queryStride: number,
    queries: number,
    packedPtr: number,
    keys: number,
    width: number,
    valuePtr: number,
    valueStride: number,
    valueWidth: number,
    outPtr: number,
    outStride: number,
    rowsPtr: number,
    scale: number,
    biasPtr: number,
    maskPtr: number,
    masked: number,
    multiplierPtr: number,
    weightsPtr: number,
    fused: boolean,
  ): void;
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

/** Whether a kernel trapped, as against an exception of JavaScript's own. */
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
 * A memory that threads share, with room to grow to `maximum` pages, or where the host has not as much address space to
 * spare, a half, a quarter or an eighth of that.
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

/** @throws EnvError `BackendUnavailable` if the text is not hexadecimal of as many bytes as it should be */
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

/** For hosts without `Uint8Array.fromHex` and Node's Buffer: what is no digit decodes to wrong bytes, which the checksum finds. */
function decodeByLoop(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length >> 1);
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = (digit(text.charCodeAt(2 * i)) << 4) | digit(text.charCodeAt(2 * i + 1));
  return bytes;
}

/** The value of a hexadecimal digit: "0" to "9" end in it, "a" to "f" in 9 less. */
function digit(code: number): number {
  return (code & 15) + (code >> 6) * 9;
}

/** The error for a host that lacks what the kernels need. */
export function unavailable(message: string, cause?: unknown): EnvError {
  if (cause === undefined) return new EnvError("BackendUnavailable", message);
  return new EnvError("BackendUnavailable", `${message} (${String(cause)})`, { cause });
}
