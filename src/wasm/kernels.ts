import { EngineError, flush, highWord, lowWord } from "../base/index.ts";
import type { AttentionOptions, AttentionSizes, BinaryOperation, Kernels, UnaryName, Windows } from "../base/index.ts";
import { attend } from "./attention.ts";
import { combine } from "./binary.ts";
import * as bytes from "./bytes.ts";
import { copyIn, copyOut } from "./copy.ts";
import { SHARED_FROM, WorkerLost } from "./crew.ts";
import { KeptRows } from "./keptrows.ts";
import { compileKernels, damaged, decode, fnv1a, instantiate, isTrap } from "./loader.ts";
import type { KernelExports, Payload } from "./loader.ts";
import { holdsRows, multiplyRowsPanels, multiplyRowsStreamed } from "./matmul.ts";
import { multiplyPanels, multiplyStreamed } from "./matvec.ts";
import { Arena, BLOCK, CHUNK } from "./memory.ts";
import { Residents } from "./residents.ts";
import { normalizeRows, softmaxRows } from "./rows.ts";
import { sumMiddle } from "./sum.ts";
import type { WasmModule } from "./webassembly.ts";
import { convolve, extremes } from "./windows.ts";

const { fround, min } = Math;

/** From this many rows on, packing blocks of a matrix that is not kept is repaid at once. */
const PACKED_FROM = 5;

/** The functions by the numbers that assembly/unary.ts gives them. */
const UNARY: Record<UnaryName, number> = { exp: 0, expm1: 1, log: 2, log1p: 3, tanh: 4, erf: 5, erfInv: 6, logistic: 7, sqrt: 8, sin: 9, cos: 10, tan: 11 };

/**
 * Compiles the kernels and makes an instance of them.
 *
 * @param source other bytes than the ones shipped: a module, or a payload whose checksum is to be tested
 * @param link makes an instance of the module: a test may wrap what is exported
 * @throws EnvError `BackendUnavailable` if the bytes are damaged or this host cannot run them
 */
export function createWasmKernels(source: Payload | Uint8Array<ArrayBuffer> = bytes, link: Link = instantiate): WasmKernels {
  if (source instanceof Uint8Array) return new WasmKernels(compileKernels(source), link);
  const decoded = decode(source);
  try {
    const kernels = new WasmKernels(compileKernels(decoded), link);
    if (kernels.checksum(decoded) === source.FNV1A) return kernels;
  } catch (error) {
    // Damaged bytes may well be what the host would not compile; sound ones are refused for another reason.
    throw fnv1a(decoded) === source.FNV1A ? error : damaged(error);
  }
  throw damaged();
}

type Link = (module: WasmModule) => KernelExports;

/** Kernels on a memory that several threads share. */
export interface Team {
  /** How many threads there are, the calling one among them. */
  readonly threads: number;
  readonly kernels: WasmKernels;
  /** Ends the other threads; the kernels shall not be called again. */
  close(): void;
}

/**
 * The kernels on WebAssembly SIMD. Arrays are copied through fixed regions of linear memory, never kept there; only a
 * pinned matrix gets a packed copy that stays, the second time it is seen.
 *
 * A trap discards the instance with everything in it: the call throws EngineError, the next works on a new instance.
 *
 * Large products go to the team, if there is one, the rest stays here: V8 copies into shared memory and out of it four
 * times as slowly as into memory that is not (Node 20, 2026-11).
 */
export class WasmKernels implements Kernels {
  readonly name = "wasm";
  readonly #module: WasmModule;
  readonly #link: Link;
  #team: Team | undefined;
  #arena: Arena | undefined;
  #residents: Residents | undefined;
  #rows: KeptRows | undefined;

  constructor(module: WasmModule, link: Link) {
    this.#module = module;
    this.#link = link;
    this.#open();
  }

  /** How many threads share large products. */
  get threads(): number {
    return this.#team?.threads ?? 1;
  }

  /** Hands large products to `team` from now on, or to none; the team before is closed. */
  join(team: Team | undefined): void {
    this.#team?.close();
    this.#team = team;
  }

  /** Bytes of linear memory that hold packed copies of pinned matrices. */
  get residentBytes(): number {
    return (this.#arena?.residentBytes ?? 0) + (this.#team?.kernels.residentBytes ?? 0);
  }

  /** The 32-bit FNV-1a checksum of `bytes`, 256 KiB at most: the kernels check what they were made of. */
  checksum(bytes: Uint8Array): number {
    const { exports, wPtr } = this.#arena ?? this.#open();
    new Uint8Array(exports.memory.buffer, wPtr, bytes.length).set(bytes);
    return exports.fnv1a(wPtr, bytes.length) >>> 0;
  }

  /** How many matrices have a packed copy there. */
  get residents(): number {
    return (this.#residents?.size ?? 0) + (this.#team?.kernels.residents ?? 0);
  }

  /** Bytes of linear memory altogether; it never shrinks. */
  get linearBytes(): number {
    return (this.#arena?.exports.memory.buffer.byteLength ?? 0) + (this.#team?.kernels.linearBytes ?? 0);
  }

  threefry2x32(k0: number, k1: number, x0: Uint32Array, x1: Uint32Array): void {
    const arena = this.#arena ?? this.#open();
    const { exports, chunkPtr, secondPtr } = arena;
    try {
      for (let i = 0; i < x0.length; i += CHUNK) {
        const n = min(CHUNK, x0.length - i);
        copyIn(x0, i, n, arena.chunk32);
        copyIn(x1, i, n, arena.second32);
        exports.threefry2x32(k0, k1, chunkPtr, secondPtr, n);
        copyOut(arena.chunk32, n, x0, i);
        copyOut(arena.second32, n, x1, i);
      }
    } catch (error) {
      throw this.#failure("threefry2x32", error);
    }
  }

  bits64(k0: number, k1: number, start: number, out: Uint32Array): void {
    const arena = this.#arena ?? this.#open();
    const { exports, chunkPtr } = arena;
    const size = out.length / 2;
    try {
      for (let i = 0, n = 0; i < size; i += n) {
        n = chunkFrom(start + i, size - i);
        exports.bits64(k0, k1, highWord(start + i), lowWord(start + i), chunkPtr, n);
        copyOut(arena.pairs32, 2 * n, out, 2 * i);
      }
    } catch (error) {
      throw this.#failure("bits64", error);
    }
  }

  // The draws are written out one by one: a loop shared over the kernels' names costs 10 ns a call (Node 20, 2026-11).
  bits32(k0: number, k1: number, start: number, out: Uint32Array): void {
    const arena = this.#arena ?? this.#open();
    const { exports, chunkPtr, chunk32 } = arena;
    const size = out.length;
    try {
      for (let i = 0, n = 0; i < size; i += n) {
        n = chunkFrom(start + i, size - i);
        exports.bits32(k0, k1, highWord(start + i), lowWord(start + i), chunkPtr, n);
        copyOut(chunk32, n, out, i);
      }
    } catch (error) {
      throw this.#failure("bits32", error);
    }
  }

  bits16(k0: number, k1: number, start: number, out: Uint16Array): void {
    const arena = this.#arena ?? this.#open();
    const { exports, chunkPtr, chunk16 } = arena;
    const size = out.length;
    try {
      for (let i = 0, n = 0; i < size; i += n) {
        n = chunkFrom(start + i, size - i);
        exports.bits16(k0, k1, highWord(start + i), lowWord(start + i), chunkPtr, n);
        copyOut(chunk16, n, out, i);
      }
    } catch (error) {
      throw this.#failure("bits16", error);
    }
  }

  bits8(k0: number, k1: number, start: number, out: Uint8Array): void {
    const arena = this.#arena ?? this.#open();
    const { exports, chunkPtr, chunk8 } = arena;
    const size = out.length;
    try {
      for (let i = 0, n = 0; i < size; i += n) {
        n = chunkFrom(start + i, size - i);
        exports.bits8(k0, k1, highWord(start + i), lowWord(start + i), chunkPtr, n);
        copyOut(chunk8, n, out, i);
      }
    } catch (error) {
      throw this.#failure("bits8", error);
    }
  }

  bits32Original(k0: number, k1: number, out: Uint32Array): void {
    const arena = this.#arena ?? this.#open();
    const { exports, chunkPtr, secondPtr } = arena;
    const half = Math.ceil(out.length / 2);
    // Pairs of two real counters; an odd length leaves one whose second counter is the padding, 0.
    const whole = out.length - half;
    try {
      for (let i = 0; i < whole; i += CHUNK) {
        const n = min(CHUNK, whole - i);
        exports.pairsOriginal(k0, k1, i, half + i, chunkPtr, secondPtr, n);
        copyOut(arena.chunk32, n, out, i);
        copyOut(arena.second32, n, out, half + i);
      }
      if (whole < half) {
        exports.pairsOriginal(k0, k1, whole, 0, chunkPtr, secondPtr, 1);
        out[whole] = arena.chunk32[0]!;
      }
    } catch (error) {
      throw this.#failure("bits32Original", error);
    }
  }

  uniformF32(k0: number, k1: number, start: number, minval: number, maxval: number, out: Float32Array, fused: boolean): void {
    const arena = this.#arena ?? this.#open();
    const { exports, chunkPtr, chunkF32 } = arena;
    const low = flush(minval);
    const span = flush(fround(flush(maxval) - low));
    const size = out.length;
    try {
      for (let i = 0, n = 0; i < size; i += n) {
        n = chunkFrom(start + i, size - i);
        exports.uniformF32(k0, k1, highWord(start + i), lowWord(start + i), low, span, fused, chunkPtr, n);
        copyOut(chunkF32, n, out, i);
      }
    } catch (error) {
      throw this.#failure("uniformF32", error);
    }
  }

  uniformFromBitsF32(bits: Uint32Array, minval: number, maxval: number, out: Float32Array, fused: boolean): void {
    const arena = this.#arena ?? this.#open();
    const { exports, chunkPtr, secondPtr } = arena;
    const low = flush(minval);
    const span = flush(fround(flush(maxval) - low));
    try {
      for (let i = 0; i < out.length; i += CHUNK) {
        const n = min(CHUNK, out.length - i);
        copyIn(bits, i, n, arena.second32);
        exports.uniformFromBitsF32(secondPtr, low, span, fused, chunkPtr, n);
        copyOut(arena.chunkF32, n, out, i);
      }
    } catch (error) {
      throw this.#failure("uniformFromBitsF32", error);
    }
  }

  normalF32(k0: number, k1: number, start: number, out: Float32Array, fused: boolean): void {
    const arena = this.#arena ?? this.#open();
    const { exports, chunkPtr, chunkF32 } = arena;
    const size = out.length;
    try {
      for (let i = 0, n = 0; i < size; i += n) {
        n = chunkFrom(start + i, size - i);
        if (fused) {
          exports.normalF32(k0, k1, highWord(start + i), lowWord(start + i), chunkPtr, n);
        } else {
          exports.bits32(k0, k1, highWord(start + i), lowWord(start + i), chunkPtr, n);
          exports.splitNormalFromBitsF32(chunkPtr, chunkPtr, n);
        }
        copyOut(chunkF32, n, out, i);
      }
    } catch (error) {
      throw this.#failure("normalF32", error);
    }
  }

  normalFromBitsF32(bits: Uint32Array, out: Float32Array, fused: boolean): void {
    const arena = this.#arena ?? this.#open();
    const { exports, chunkPtr, secondPtr } = arena;
    try {
      for (let i = 0; i < out.length; i += CHUNK) {
        const n = min(CHUNK, out.length - i);
        copyIn(bits, i, n, arena.second32);
        if (fused) exports.normalFromBitsF32(secondPtr, chunkPtr, n);
        else exports.splitNormalFromBitsF32(secondPtr, chunkPtr, n);
        copyOut(arena.chunkF32, n, out, i);
      }
    } catch (error) {
      throw this.#failure("normalFromBitsF32", error);
    }
  }

  truncatedNormalF32(k0: number, k1: number, start: number, minval: number, maxval: number, least: number, most: number, out: Float32Array, fused: boolean): void {
    const arena = this.#arena ?? this.#open();
    const { exports, chunkPtr, chunkF32 } = arena;
    const low = flush(minval);
    const span = flush(fround(flush(maxval) - low));
    const size = out.length;
    try {
      for (let i = 0, n = 0; i < size; i += n) {
        n = chunkFrom(start + i, size - i);
        exports.truncatedNormalF32(k0, k1, highWord(start + i), lowWord(start + i), low, span, least, most, fused, chunkPtr, n);
        copyOut(chunkF32, n, out, i);
      }
    } catch (error) {
      throw this.#failure("truncatedNormalF32", error);
    }
  }

  truncatedNormalFromBitsF32(bits: Uint32Array, minval: number, maxval: number, least: number, most: number, out: Float32Array, fused: boolean): void {
    const arena = this.#arena ?? this.#open();
    const { exports, chunkPtr, secondPtr } = arena;
    const low = flush(minval);
    const span = flush(fround(flush(maxval) - low));
    try {
      for (let i = 0; i < out.length; i += CHUNK) {
        const n = min(CHUNK, out.length - i);
        copyIn(bits, i, n, arena.second32);
        exports.truncatedNormalFromBitsF32(secondPtr, low, span, least, most, fused, chunkPtr, n);
        copyOut(arena.chunkF32, n, out, i);
      }
    } catch (error) {
      throw this.#failure("truncatedNormalFromBitsF32", error);
    }
  }

  unaryF32(op: UnaryName, x: Float32Array, out: Float32Array, fused: boolean): void {
    const arena = this.#arena ?? this.#open();
    const { exports, chunkPtr, chunkF32 } = arena;
    try {
      for (let i = 0; i < out.length; i += CHUNK) {
        const n = min(CHUNK, out.length - i);
        copyIn(x, i, n, chunkF32);
        exports.unaryF32(UNARY[op], fused, chunkPtr, chunkPtr, n);
        copyOut(chunkF32, n, out, i);
      }
    } catch (error) {
      throw this.#failure("unaryF32", error);
    }
  }

  reluF32(x: Float32Array, out: Float32Array): void {
    const arena = this.#arena ?? this.#open();
    const { exports, wPtr, w } = arena;
    try {
      for (let i = 0; i < out.length; i += BLOCK) {
        const n = min(BLOCK, out.length - i);
        copyIn(x, i, n, w);
        exports.reluF32(wPtr, n);
        copyOut(w, n, out, i);
      }
    } catch (error) {
      throw this.#failure("reluF32", error);
    }
  }

  geluF32(x: Float32Array, out: Float32Array, fused: boolean): void {
    const arena = this.#arena ?? this.#open();
    const { exports, chunkPtr, secondPtr, chunkF32 } = arena;
    try {
      for (let i = 0; i < out.length; i += CHUNK) {
        const n = min(CHUNK, out.length - i);
        copyIn(x, i, n, chunkF32);
        exports.geluF32(chunkPtr, secondPtr, n, fused);
        copyOut(chunkF32, n, out, i);
      }
    } catch (error) {
      throw this.#failure("geluF32", error);
    }
  }

  powF32(x: Float32Array, y: Float32Array, out: Float32Array): void {
    const arena = this.#arena ?? this.#open();
    const { exports, xPtr, yPtr, chunkPtr, chunkF32 } = arena;
    try {
      for (let i = 0; i < out.length; i += CHUNK) {
        const n = min(CHUNK, out.length - i);
        copyIn(x, i, n, arena.x);
        copyIn(y, i, n, arena.y);
        exports.powF32(xPtr, yPtr, chunkPtr, n);
        copyOut(chunkF32, n, out, i);
      }
    } catch (error) {
      throw this.#failure("powF32", error);
    }
  }

  binaryF32(op: BinaryOperation, x: Float32Array, y: Float32Array, out: Float32Array): void {
    const arena = this.#arena ?? this.#open();
    try {
      combine(arena, op, x, y, out);
    } catch (error) {
      throw this.#failure("binaryF32", error);
    }
  }

  sumF32(x: Float32Array, n: number, inner: number, out: Float32Array): void {
    const arena = this.#arena ?? this.#open();
    try {
      sumMiddle(arena, x, n, inner, out);
    } catch (error) {
      throw this.#failure("sumF32", error);
    }
  }

  softmaxF32(x: Float32Array, n: number, out: Float32Array, fused: boolean): void {
    const arena = this.#arena ?? this.#open();
    try {
      softmaxRows(arena, x, n, out, fused);
    } catch (error) {
      throw this.#failure("softmaxF32", error);
    }
  }

  normalizeF32(x: Float32Array, n: number, scale: Float32Array | undefined, bias: Float32Array | undefined, epsilon: number, centered: boolean, out: Float32Array): void {
    const arena = this.#arena ?? this.#open();
    try {
      normalizeRows(arena, x, n, scale, bias, epsilon, centered, out);
    } catch (error) {
      throw this.#failure("normalizeF32", error);
    }
  }

  matvecF32(x: Float32Array, w: Float32Array, out: Float32Array, pinned: boolean): void {
    if (this.#team !== undefined && this.#doneByTeam(x, w, out, 1, pinned)) return;
    const arena = this.#arena ?? this.#open();
    const residents = this.#residents!;
    try {
      if (pinned) {
        const packedPtr = residents.find(w, x.length, out.length);
        if (packedPtr !== 0) return multiplyPanels(arena, packedPtr, x, out);
      } else if (residents.size > 0) {
        residents.drop(w);
      }
      multiplyStreamed(arena, x, w, out);
    } catch (error) {
      throw this.#failure("matvecF32", error);
    }
  }

  matmulF32(x: Float32Array, w: Float32Array, out: Float32Array, rows: number, pinned: boolean): void {
    const n = x.length / rows;
    const m = out.length / rows;
    if (rows === 1) return this.matvecF32(x, w, out, pinned);
    if (this.#team !== undefined && this.#doneByTeam(x, w, out, rows, pinned)) return;
    const arena = this.#arena ?? this.#open();
    const residents = this.#residents!;
    try {
      if (holdsRows(n, m) && arena.openBatch()) {
        if (!pinned) residents.drop(w);
        const packedPtr = pinned ? residents.find(w, n, m) : 0;
        if (packedPtr !== 0) return multiplyRowsPanels(arena, packedPtr, x, out, rows);
        if (rows >= PACKED_FROM) return multiplyRowsStreamed(arena, x, w, out, rows);
      }
    } catch (error) {
      throw this.#failure("matmulF32", error);
    }
    for (let i = 0; i < rows; i++) this.matvecF32(x.subarray(i * n, (i + 1) * n), w, out.subarray(i * m, (i + 1) * m), pinned);
  }

  convolveF32(x: Float32Array, w: Float32Array, bias: Float32Array | undefined, windows: Windows, out: Float32Array, pinned: boolean): void {
    const arena = this.#arena ?? this.#open();
    try {
      convolve(arena, this.#residents!, x, w, bias, windows, out, pinned);
    } catch (error) {
      throw this.#failure("convolveF32", error);
    }
  }

  extremesF32(x: Float32Array, windows: Windows, least: boolean, out: Float32Array): void {
    const arena = this.#arena ?? this.#open();
    try {
      extremes(arena, x, windows, least, out);
    } catch (error) {
      throw this.#failure("extremesF32", error);
    }
  }

  attentionF32(query: Float32Array, key: Float32Array, value: Float32Array, out: Float32Array, sizes: AttentionSizes, options: AttentionOptions, fused: boolean): void {
    const arena = this.#arena ?? this.#open();
    try {
      attend(arena, this.#rows!, query, key, value, out, sizes, options, fused);
    } catch (error) {
      throw this.#failure("attentionF32", error);
    }
  }

  #open(): Arena {
    const arena = new Arena(this.#link(this.#module));
    this.#residents = new Residents(arena);
    this.#rows = new KeptRows(arena);
    this.#arena = arena;
    return arena;
  }

  /**
   * Whether the team has multiplied. It is given up when a worker is lost, which may still write to their memory, or when
   * a kernel traps.
   */
  #doneByTeam(x: Float32Array, w: Float32Array, out: Float32Array, rows: number, pinned: boolean): boolean {
    if (!pinned) this.#team!.kernels.#residents?.drop(w);
    if (rows * w.length < SHARED_FROM) return false;
    if (!pinned) this.#residents?.drop(w);
    try {
      this.#team!.kernels.matmulF32(x, w, out, rows, pinned);
      return true;
    } catch (error) {
      this.join(undefined);
      if (error instanceof WorkerLost) return false;
      throw error;
    }
  }

  /** What to throw for `error`: after a trap an EngineError, and the instance is given up. */
  #failure(kernel: string, error: unknown): unknown {
    if (!isTrap(error)) return error;
    this.#arena = undefined;
    this.#residents = undefined;
    this.#rows = undefined;
    return new EngineError(`wasm: ${kernel} trapped (${String(error)}). Its instance is discarded; the next call works on a fresh instance`, { cause: error });
  }
}

/** How many of the next `left` elements one call may draw: at most a chunk, and not across a carry into the high counter word. */
function chunkFrom(start: number, left: number): number {
  return min(CHUNK, left, 0x1_0000_0000 - lowWord(start));
}
