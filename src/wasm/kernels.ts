import { addBlocks, columnsOf, EngineError, PRODUCT_BLOCK } from "../base/index.ts";
import type { HalfDType, Kernels } from "../base/index.ts";
import { activate } from "./activate.ts";
import { argReduce } from "./argreduce.ts";
import { binary } from "./binary.ts";
import { bits16, bits32, bits32Original, bits64, bits8 } from "./bits.ts";
import { forgetViews } from "./copy.ts";
import { cumulate } from "./cumulate.ts";
import { blockOf } from "./deep.ts";
import type { KernelExports, ProductExports } from "./exports.ts";
import { linkFused } from "./fused/link.ts";
import { Instance } from "./instance.ts";
import { isTrap, unavailable } from "./loader.ts";
import { matmul } from "./matmul.ts";
import { matmulBatch } from "./matmulbatch.ts";
import { matmulHalf } from "./matmulhalf.ts";
import { normal, normalFromBits } from "./normal.ts";
import { pow } from "./pow.ts";
import { twins } from "./products/use.ts";
import { reduce } from "./reduce.ts";
import { relu } from "./relu.ts";
import { SHARED_FROM, WorkerLost } from "./scheduler.ts";
import type { Scheduler } from "./scheduler.ts";
import { select } from "./select.ts";
import { sum } from "./sum.ts";
import { threefry2x32 } from "./threefry2x32.ts";
import { isThin } from "./thinproducts.ts";
import { transpose } from "./transpose.ts";
import { truncatedNormal, truncatedNormalFromBits } from "./truncatednormal.ts";
import { unary } from "./unary.ts";
import { uniform, uniformFromBits } from "./uniform.ts";
import type { WasmModule } from "./webassembly.ts";

/** Makes an instance of the module. */
export type Link = (module: WasmModule) => KernelExports;

/** What the kernels are made with, where that is not the default. */
export interface WasmOptions {
  /** Elements of functions that are computed before the module of fused multiply-adds is compiled. */
  readonly emulated?: number | undefined;
  /** What shares calls of kernels by the threads that are on this memory. */
  readonly scheduler?: Scheduler | undefined;
}

/** Threads that share a memory, and the kernels that work on it. */
export interface ThreadPool {
  /** How many threads there are, the calling one among them. */
  readonly threads: number;
  readonly kernels: WasmKernels;
  /** Ends the other threads. The kernels must not be called afterwards. */
  close(): void;
}

/** The kernels that are one host function each: all but products, which threads may share. */
type HostKernel = Exclude<keyof Kernels, "name" | "matvecF32" | "matmulF32" | "matmulBatchF32" | "matmulHalfF32">;

const HOST: { readonly [Name in HostKernel]: (instance: Instance, ...args: Parameters<Kernels[Name]>) => void } = {
  threefry2x32,
  bits64,
  bits32,
  bits16,
  bits8,
  bits32Original,
  uniformF32: uniform,
  uniformFromBitsF32: uniformFromBits,
  normalF32: normal,
  normalFromBitsF32: normalFromBits,
  truncatedNormalF32: truncatedNormal,
  truncatedNormalFromBitsF32: truncatedNormalFromBits,
  unaryF32: unary,
  binaryF32: binary,
  selectF32: select,
  transposeF32: transpose,
  reluF32: relu,
  activateF32: activate,
  powF32: pow,
  sumF32: sum,
  reduceF32: reduce,
  argReduceF32: argReduce,
  cumulateF32: cumulate,
};

/** The methods that the class gets from `HOST`. */
export interface WasmKernels extends Pick<Kernels, HostKernel> {}

/**
 * The kernels on WebAssembly SIMD. Arrays are copied through fixed regions of linear memory and never kept there,
 * except for packed copies of immutable matrices and of a decoder's keys and values.
 *
 * A trap discards the instance with everything in it: the call throws EngineError, the next works on a new instance.
 *
 * Large products, convolutions and attention go to the thread pool, if there is one. The rest stays here: what another
 * thread works on must come to its processor and back, which takes as long as the work.
 */
export class WasmKernels implements Kernels {
  readonly name = "wasm";
  readonly #module: WasmModule;
  readonly #link: Link;
  readonly #options: WasmOptions;
  #fusedProducts = false;
  #pool: ThreadPool | undefined;
  #instance: Instance | undefined;

  constructor(module: WasmModule, link: Link, options: WasmOptions = {}) {
    this.#module = module;
    this.#link = link;
    this.#options = options;
    this.#open();
  }

  static {
    for (const [name, run] of Object.entries(HOST))
      Object.defineProperty(this.prototype, name, { value: this.#guarded(name, run as Host) });
  }

  /**
   * A method that calls `run` on the instance, and turns a trap into an EngineError. Its parameters are listed, as many
   * as the longest kernel has: a call then takes as long as with the same lines written out for each kernel, 45 ns for
   * relu of 32 (Node 20, 22 and 24, 2026-12).
   */
  static #guarded(name: string, run: Host): Host {
    return function guarded(this: WasmKernels, a, b, c, d, e, f, g, h, i, j) {
      const instance = this.#instance ?? this.#open();
      try {
        run(instance, a, b, c, d, e, f, g, h, i, j);
      } catch (error) {
        throw this.#failure(name, error);
      }
    };
  }

  matvecF32(x: Float32Array, w: Float32Array, out: Float32Array, immutable: boolean): void {
    this.#multiply("matvecF32", undefined, x, w, undefined, out, 1, immutable);
  }

  matmulF32(
    x: Float32Array,
    w: Float32Array,
    bias: Float32Array | undefined,
    out: Float32Array,
    rows: number,
    immutable: boolean,
  ): void {
    this.#multiply("matmulF32", undefined, x, w, bias, out, rows, immutable);
  }

  matmulBatchF32(x: Float32Array, w: Float32Array, out: Float32Array, count: number, rows: number): void {
    // Much of the time is copying: threads repay pairs of 2^16 terms, 40 x 40 x 40, and 2^20 terms in all.
    const pair = ((x.length / count / rows) * out.length) / count;
    this.run("matmulBatchF32", pair * Math.min(count / 4, 4), (instance) =>
      matmulBatch(instance, x, w, out, count, rows),
    );
  }

  matmulHalfF32(
    format: HalfDType,
    x: Float32Array,
    w: Uint16Array,
    bias: Float32Array | undefined,
    out: Float32Array,
    rows: number,
    immutable: boolean,
  ): void {
    this.#multiply("matmulHalfF32", format, x, w, bias, out, rows, immutable);
  }

  /**
   * Calls `run` on the instance, as the kernel `name` would be called: on that of the pool, if there is one and `terms`
   * of a product repay it.
   */
  run(name: string, terms: number, run: (instance: Instance) => void): void {
    if (terms >= SHARED_FROM && this.#shares() && this.#byPool((kernels) => kernels.run(name, terms, run))) return;
    const instance = this.#instance ?? this.#open();
    try {
      run(instance);
    } catch (error) {
      throw this.#failure(name, error);
    }
  }

  /** How many threads share large products, convolutions and attention. */
  get threads(): number {
    return this.#pool?.threads ?? 1;
  }

  /** Hands large products, convolutions and attention to `pool` from now on, or to none. The pool before is closed. */
  attachPool(pool: ThreadPool | undefined): void {
    this.#pool?.close();
    forgetViews();
    this.#pool = pool;
    pool?.kernels.fuseProducts(this.#fusedProducts);
  }

  /** The 32-bit FNV-1a checksum of `bytes`, 256 KiB at most. */
  checksum(bytes: Uint8Array): number {
    const { exports, wPtr } = this.#instance ?? this.#open();
    new Uint8Array(exports.memory.buffer, wPtr, bytes.length).set(bytes);
    return exports.fnv1a(wPtr, bytes.length) >>> 0;
  }

  /**
   * Whether elementary functions have fused multiply-adds here in the profile `fma`. Their module is compiled now if it
   * has not been, and takes over from the emulation; the bits are the same.
   */
  fuse(): boolean {
    return linkFused(this.#instance ?? this.#open()) !== undefined;
  }

  /**
   * Rounds each multiply-add of products once from now on, or product and sum as before.
   *
   * @returns whether it does; not where the engine does not fuse
   */
  fuseProducts(on: boolean): boolean {
    if (on === this.#fusedProducts) return true;
    const instance = this.#instance ?? this.#open();
    const products = on ? this.#productsFor(instance) : undefined;
    if (on && products === undefined) return false;
    instance.useProducts(products);
    this.#fusedProducts = on;
    this.#pool?.kernels.fuseProducts(on);
    return true;
  }

  /** Whether they have that module already. */
  get fused(): boolean {
    return this.#instance?.fused !== undefined;
  }

  /** How many matrices have a packed copy in linear memory. */
  get residents(): number {
    return (this.#instance?.weights.size ?? 0) + (this.#pool?.kernels.residents ?? 0);
  }

  /** Bytes of linear memory that hold copies: of matrices, keys and values. */
  get residentBytes(): number {
    return (this.#instance?.residentBytes ?? 0) + (this.#pool?.kernels.residentBytes ?? 0);
  }

  /** Bytes of linear memory altogether; it never shrinks. */
  get linearBytes(): number {
    return (this.#instance?.exports.memory.buffer.byteLength ?? 0) + (this.#pool?.kernels.linearBytes ?? 0);
  }

  #open(): Instance {
    const instance = new Instance(this.#link(this.#module), this.#options.emulated, this.#options.scheduler);
    if (this.#fusedProducts) {
      const products = this.#productsFor(instance);
      if (products === undefined) throw unavailable("fused products do not run here");
      instance.useProducts(products);
    }
    return (this.#instance = instance);
  }

  #productsFor(instance: Instance): ProductExports | undefined {
    const products = twins.use?.products(instance);
    return products && (this.#options.scheduler?.split(products) ?? products);
  }

  /** out = x @ w + bias; `format` is that of a `w` in 16 bits. */
  #multiply(
    kernel: string,
    format: HalfDType | undefined,
    x: Float32Array,
    w: Float32Array | Uint16Array,
    bias: Float32Array | undefined,
    out: Float32Array,
    rows: number,
    immutable: boolean,
  ): void {
    if (x.length > PRODUCT_BLOCK * rows) return this.#multiplyBlocks(kernel, format, x, w, bias, out, rows, immutable);
    if (this.#shares() && this.#multiplyByPool(kernel, format, x, w, bias, out, rows, immutable)) return;
    const instance = this.#instance ?? this.#open();
    try {
      if (format === undefined) matmul(instance, x, w as Float32Array, bias, out, rows, immutable);
      else matmulHalf(instance, format, x, w as Uint16Array, bias, out, rows, immutable);
    } catch (error) {
      throw this.#failure(kernel, error);
    }
  }

  /** Like `#multiply`, of several blocks. A function of its own, because its closure would cost every product. */
  #multiplyBlocks(
    kernel: string,
    format: HalfDType | undefined,
    x: Float32Array,
    w: Float32Array | Uint16Array,
    bias: Float32Array | undefined,
    out: Float32Array,
    rows: number,
    immutable: boolean,
  ): void {
    const n = x.length / rows;
    addBlocks(n, out, (from, count, part) => {
      const [columns, block] = [columnsOf(x, rows, from, count), blockOf(w, n, from)];
      this.#multiply(kernel, format, columns, block, undefined, part, rows, immutable);
    });
    if (bias !== undefined && out.length > 0) this.binaryF32("add", out, bias, out);
  }

  /** Whether there is a pool that rounds products as this one does. */
  #shares(): boolean {
    return this.#pool !== undefined && this.#pool.kernels.#fusedProducts === this.#fusedProducts;
  }

  /** Whether the pool has multiplied. */
  #multiplyByPool(
    kernel: string,
    format: HalfDType | undefined,
    x: Float32Array,
    w: Float32Array | Uint16Array,
    bias: Float32Array | undefined,
    out: Float32Array,
    rows: number,
    immutable: boolean,
  ): boolean {
    const { kernels } = this.#pool!;
    if (!immutable) kernels.#instance?.weights.drop(w);
    if (rows * w.length < SHARED_FROM || isThin(w, out, rows)) return false;
    if (!immutable) this.#instance?.weights.drop(w);
    return this.#byPool((shared) => shared.#multiply(kernel, format, x, w, bias, out, rows, immutable));
  }

  /**
   * Whether the pool has done its work. It is closed when a kernel traps, and when a worker is lost, because it
   * may still write to their memory.
   */
  #byPool(work: (kernels: WasmKernels) => void): boolean {
    try {
      work(this.#pool!.kernels);
      return true;
    } catch (error) {
      this.attachPool(undefined);
      if (error instanceof WorkerLost) return false;
      throw error;
    }
  }

  /** What to throw for `error`: after a trap an EngineError, and the instance is discarded. */
  #failure(kernel: string, error: unknown): unknown {
    if (!isTrap(error)) return error;
    forgetViews();
    this.#instance = undefined;
    return new EngineError(
      `wasm: ${kernel} trapped (${String(error)}). Its instance is discarded; the next call works on a fresh instance`,
      { cause: error },
    );
  }
}

/** A host function, or the method made of it. */
type Host = (instance: unknown, ...args: unknown[]) => void;
