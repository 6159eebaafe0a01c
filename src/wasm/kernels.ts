import { EngineError } from "../base/index.ts";
import type {
  ActivationName,
  AttentionOptions,
  AttentionSizes,
  BinaryOperation,
  Comparison,
  ExactUnary,
  Kernels,
  UnaryName,
  Windows,
} from "../base/index.ts";
import { addsInPlace, multiplyPanelsAndAdd } from "./affine.ts";
import { attend } from "./attention.ts";
import { BINARY, combine } from "./binary.ts";
import { forgetViews } from "./copy.ts";
import { SHARED_FROM, WorkerLost } from "./crew.ts";
import {
  drawNormal,
  drawTruncatedNormal,
  drawUniform,
  normalFromBits,
  truncatedNormalFromBits,
  uniformFromBits,
} from "./draws.ts";
import { mapActivation, mapUnary, raise, rectify } from "./elementwise.ts";
import { KeptRows } from "./keptrows.ts";
import { isTrap } from "./loader.ts";
import type { KernelExports } from "./loader.ts";
import { holdsRows, multiplyRowsPanels, multiplyRowsStreamed } from "./matmul.ts";
import { multiplyPanels, multiplyStreamed } from "./matvec.ts";
import { Arena } from "./memory.ts";
import { Residents } from "./residents.ts";
import { normalizeRows, softmaxRows, standardize } from "./rows.ts";
import { sumTerms } from "./sum.ts";
import { draw16, draw32, draw32Original, draw64, draw8, hashPairs } from "./threefry.ts";
import type { WasmModule } from "./webassembly.ts";
import { convolve, extremes } from "./windows.ts";

/** From this many rows on, packing blocks of a matrix that is not kept is repaid at once. */
const PACKED_FROM = 5;

/** Makes an instance of the module. */
export type Link = (module: WasmModule) => KernelExports;

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
 * immutable matrix gets a packed copy that stays, the second time it is seen.
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
    forgetViews();
    this.#team = team;
  }

  /** Bytes of linear memory that hold packed copies of immutable matrices. */
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

  // What a trap leads to is written out kernel by kernel: a wrapper that takes a function costs 5 to 9 ns a call (Node 20, 2026-11).
  threefry2x32(k0: number, k1: number, x0: Uint32Array, x1: Uint32Array): void {
    const arena = this.#arena ?? this.#open();
    try {
      hashPairs(arena, k0, k1, x0, x1);
    } catch (error) {
      throw this.#failure("threefry2x32", error);
    }
  }

  bits64(k0: number, k1: number, start: number, out: Uint32Array): void {
    const arena = this.#arena ?? this.#open();
    try {
      draw64(arena, k0, k1, start, out);
    } catch (error) {
      throw this.#failure("bits64", error);
    }
  }

  bits32(k0: number, k1: number, start: number, out: Uint32Array): void {
    const arena = this.#arena ?? this.#open();
    try {
      draw32(arena, k0, k1, start, out);
    } catch (error) {
      throw this.#failure("bits32", error);
    }
  }

  bits16(k0: number, k1: number, start: number, out: Uint16Array): void {
    const arena = this.#arena ?? this.#open();
    try {
      draw16(arena, k0, k1, start, out);
    } catch (error) {
      throw this.#failure("bits16", error);
    }
  }

  bits8(k0: number, k1: number, start: number, out: Uint8Array): void {
    const arena = this.#arena ?? this.#open();
    try {
      draw8(arena, k0, k1, start, out);
    } catch (error) {
      throw this.#failure("bits8", error);
    }
  }

  bits32Original(k0: number, k1: number, out: Uint32Array): void {
    const arena = this.#arena ?? this.#open();
    try {
      draw32Original(arena, k0, k1, out);
    } catch (error) {
      throw this.#failure("bits32Original", error);
    }
  }

  uniformF32(
    k0: number,
    k1: number,
    start: number,
    minval: number,
    maxval: number,
    out: Float32Array,
    fused: boolean,
  ): void {
    const arena = this.#arena ?? this.#open();
    try {
      drawUniform(arena, k0, k1, start, minval, maxval, out, fused);
    } catch (error) {
      throw this.#failure("uniformF32", error);
    }
  }

  uniformFromBitsF32(bits: Uint32Array, minval: number, maxval: number, out: Float32Array, fused: boolean): void {
    const arena = this.#arena ?? this.#open();
    try {
      uniformFromBits(arena, bits, minval, maxval, out, fused);
    } catch (error) {
      throw this.#failure("uniformFromBitsF32", error);
    }
  }

  normalF32(k0: number, k1: number, start: number, out: Float32Array, fused: boolean): void {
    const arena = this.#arena ?? this.#open();
    try {
      drawNormal(arena, k0, k1, start, out, fused);
    } catch (error) {
      throw this.#failure("normalF32", error);
    }
  }

  normalFromBitsF32(bits: Uint32Array, out: Float32Array, fused: boolean): void {
    const arena = this.#arena ?? this.#open();
    try {
      normalFromBits(arena, bits, out, fused);
    } catch (error) {
      throw this.#failure("normalFromBitsF32", error);
    }
  }

  truncatedNormalF32(
    k0: number,
    k1: number,
    start: number,
    minval: number,
    maxval: number,
    clipMin: number,
    clipMax: number,
    out: Float32Array,
    fused: boolean,
  ): void {
    const arena = this.#arena ?? this.#open();
    try {
      drawTruncatedNormal(arena, k0, k1, start, minval, maxval, clipMin, clipMax, out, fused);
    } catch (error) {
      throw this.#failure("truncatedNormalF32", error);
    }
  }

  truncatedNormalFromBitsF32(
    bits: Uint32Array,
    minval: number,
    maxval: number,
    clipMin: number,
    clipMax: number,
    out: Float32Array,
    fused: boolean,
  ): void {
    const arena = this.#arena ?? this.#open();
    try {
      truncatedNormalFromBits(arena, bits, minval, maxval, clipMin, clipMax, out, fused);
    } catch (error) {
      throw this.#failure("truncatedNormalFromBitsF32", error);
    }
  }

  unaryF32(op: UnaryName, x: Float32Array, out: Float32Array, fused: boolean): void {
    const arena = this.#arena ?? this.#open();
    try {
      mapUnary(arena, op, x, out, fused);
    } catch (error) {
      throw this.#failure("unaryF32", error);
    }
  }

  reluF32(x: Float32Array, out: Float32Array): void {
    const arena = this.#arena ?? this.#open();
    try {
      rectify(arena, x, out);
    } catch (error) {
      throw this.#failure("reluF32", error);
    }
  }

  activateF32(op: ActivationName, x: Float32Array, a: number, b: number, out: Float32Array, fused: boolean): void {
    const arena = this.#arena ?? this.#open();
    try {
      mapActivation(arena, op, x, a, b, out, fused);
    } catch (error) {
      throw this.#failure("activateF32", error);
    }
  }

  powF32(x: Float32Array, y: Float32Array, out: Float32Array): void {
    const arena = this.#arena ?? this.#open();
    try {
      raise(arena, x, y, out);
    } catch (error) {
      throw this.#failure("powF32", error);
    }
  }

  binaryF32(
    op: BinaryOperation | Comparison | ExactUnary,
    x: Float32Array,
    y: Float32Array,
    out: Float32Array | Uint8Array,
    xRepeat = 1,
    yRepeat = 1,
  ): void {
    const arena = this.#arena ?? this.#open();
    try {
      combine(arena, BINARY[op], x, y, out, xRepeat, yRepeat);
    } catch (error) {
      throw this.#failure("binaryF32", error);
    }
  }

  selectF32(
    condition: Uint8Array,
    x: Float32Array,
    y: Float32Array,
    out: Float32Array,
    xRepeat = 1,
    yRepeat = 1,
  ): void {
    const arena = this.#arena ?? this.#open();
    try {
      combine(arena, 0, x, y, out, xRepeat, yRepeat, condition);
    } catch (error) {
      throw this.#failure("selectF32", error);
    }
  }

  sumF32(
    x: Float32Array,
    centres: Float32Array | undefined,
    out: Float32Array,
    n: number,
    inner: number,
    size = 1,
  ): void {
    const arena = this.#arena ?? this.#open();
    try {
      sumTerms(arena, x, centres, out, n, inner, size);
    } catch (error) {
      throw this.#failure("sumF32", error);
    }
  }

  softmaxF32(x: Float32Array, out: Float32Array, n: number, log: boolean, fused: boolean): void {
    const arena = this.#arena ?? this.#open();
    try {
      softmaxRows(arena, x, out, n, log, fused);
    } catch (error) {
      throw this.#failure("softmaxF32", error);
    }
  }

  normalizeF32(
    x: Float32Array,
    scale: Float32Array | undefined,
    bias: Float32Array | undefined,
    out: Float32Array,
    n: number,
    epsilon: number,
    centered: boolean,
  ): void {
    const arena = this.#arena ?? this.#open();
    try {
      normalizeRows(arena, x, scale, bias, out, n, epsilon, centered);
    } catch (error) {
      throw this.#failure("normalizeF32", error);
    }
  }

  standardizeF32(
    x: Float32Array,
    mean: Float32Array,
    variance: Float32Array,
    scale: Float32Array | undefined,
    bias: Float32Array | undefined,
    out: Float32Array,
    n: number,
    inner: number,
    size: number,
    epsilon: number,
  ): void {
    const arena = this.#arena ?? this.#open();
    try {
      standardize(arena, x, mean, variance, scale, bias, out, n, inner, size, epsilon);
    } catch (error) {
      throw this.#failure("standardizeF32", error);
    }
  }

  matvecF32(x: Float32Array, w: Float32Array, out: Float32Array, immutable: boolean, bias?: Float32Array): void {
    if (this.#team !== undefined && this.#doneByTeam(x, w, out, 1, immutable)) return this.#addBias(out, bias);
    const arena = this.#arena ?? this.#open();
    const residents = this.#residents!;
    try {
      if (!immutable && residents.size > 0) residents.drop(w);
      const packedPtr = immutable ? residents.find(w, x.length, out.length) : 0;
      if (packedPtr === 0) multiplyStreamed(arena, x, w, out);
      else if (addsInPlace(x, bias, out)) return multiplyPanelsAndAdd(arena, packedPtr, x, bias, out);
      else multiplyPanels(arena, packedPtr, x, out);
    } catch (error) {
      throw this.#failure("matvecF32", error);
    }
    this.#addBias(out, bias);
  }

  matmulF32(
    x: Float32Array,
    w: Float32Array,
    bias: Float32Array | undefined,
    out: Float32Array,
    rows: number,
    immutable: boolean,
  ): void {
    if (rows === 1) return this.matvecF32(x, w, out, immutable, bias);
    // An element for each column is added while the sums are at hand, one for several columns after.
    const beside = bias !== undefined && bias.length * rows === out.length;
    this.#multiplyRows(x, w, out, rows, immutable, beside ? bias : undefined);
    if (!beside) this.#addBias(out, bias);
  }

  #addBias(out: Float32Array, bias: Float32Array | undefined): void {
    if (bias !== undefined && out.length > 0) this.binaryF32("add", out, bias, out);
  }

  #multiplyRows(
    x: Float32Array,
    w: Float32Array,
    out: Float32Array,
    rows: number,
    immutable: boolean,
    bias: Float32Array | undefined,
  ): void {
    const n = x.length / rows;
    const m = out.length / rows;
    if (this.#team !== undefined && this.#doneByTeam(x, w, out, rows, immutable, bias)) return;
    const arena = this.#arena ?? this.#open();
    const residents = this.#residents!;
    try {
      if (holdsRows(n, m) && arena.openBatch()) {
        if (!immutable) residents.drop(w);
        const packedPtr = immutable ? residents.find(w, n, m) : 0;
        if (packedPtr !== 0) return multiplyRowsPanels(arena, packedPtr, x, out, rows, bias);
        if (rows >= PACKED_FROM) return multiplyRowsStreamed(arena, x, w, out, rows, bias);
      }
    } catch (error) {
      throw this.#failure("matmulF32", error);
    }
    for (let i = 0; i < rows; i++)
      this.matvecF32(x.subarray(i * n, (i + 1) * n), w, out.subarray(i * m, (i + 1) * m), immutable, bias);
  }

  convolveF32(
    x: Float32Array,
    w: Float32Array,
    bias: Float32Array | undefined,
    out: Float32Array,
    windows: Windows,
    immutable: boolean,
  ): void {
    const arena = this.#arena ?? this.#open();
    try {
      convolve(arena, this.#residents!, x, w, bias, out, windows, immutable);
    } catch (error) {
      throw this.#failure("convolveF32", error);
    }
  }

  extremesF32(op: "maximum" | "minimum", x: Float32Array, out: Float32Array, windows: Windows): void {
    const arena = this.#arena ?? this.#open();
    try {
      extremes(arena, op, x, out, windows);
    } catch (error) {
      throw this.#failure("extremesF32", error);
    }
  }

  attentionF32(
    query: Float32Array,
    key: Float32Array,
    value: Float32Array,
    out: Float32Array,
    sizes: AttentionSizes,
    options: AttentionOptions,
    fused: boolean,
  ): void {
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
   * Whether the team has multiplied, and added the bias, if it was given. It is given up when a worker is lost, which may
   * still write to their memory, or when a kernel traps.
   */
  #doneByTeam(
    x: Float32Array,
    w: Float32Array,
    out: Float32Array,
    rows: number,
    immutable: boolean,
    bias?: Float32Array,
  ): boolean {
    if (!immutable) this.#team!.kernels.#residents?.drop(w);
    if (rows * w.length < SHARED_FROM) return false;
    if (!immutable) this.#residents?.drop(w);
    try {
      this.#team!.kernels.matmulF32(x, w, bias, out, rows, immutable);
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
    forgetViews();
    this.#arena = undefined;
    this.#residents = undefined;
    this.#rows = undefined;
    return new EngineError(
      `wasm: ${kernel} trapped (${String(error)}). Its instance is discarded; the next call works on a fresh instance`,
      { cause: error },
    );
  }
}
