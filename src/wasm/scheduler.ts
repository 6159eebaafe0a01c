import {
  ARGUMENTS,
  BLOCK_BYTES,
  CALLS,
  DONE,
  FAILED,
  KERNEL,
  KERNELS,
  POLLERS,
  STOP,
  TICKET,
  WAITERS,
  WIDTH,
} from "./jobblock.ts";
import type { KernelExports, ProductExports } from "./exports.ts";

const { ceil, min } = Math;
const { compareExchange, load, notify, store } = (globalThis as { Atomics?: Atomics }).Atomics ?? ({} as Atomics);
// Read at load, because a clock that tests replace later would stand still while the main thread waits.
const { now } = Date;

/** A worker that does not finish a call in this time is lost. The longest calls take some milliseconds. */
const PATIENCE_MS = 10_000;
const SPINS_PER_LOOK = 4096;

/** Products of fewer terms than this are not worth sharing: 512 x 512, about 10 us (bench/threads.ts). */
export const SHARED_FROM: number = 2 ** 18;
/** For products of this many terms, 0.4 ms, polling threads are notified too. */
const URGENT_FROM = 16_777_216;
/** Calls a thread: more than one, so that a late or interrupted thread delays little. */
const SHARES = 4;
/** Columns are split in pairs of panels of 16, which one row takes together; rows in eights, two tiles. */
const PANEL = 32;
const TILE = 8;

/** A worker died or did not answer in the middle of a job: their memory cannot be trusted any more. */
export class WorkerLost extends Error {
  override readonly name = "WorkerLost";
}

/**
 * Splits products over threads by their outputs. Each output is computed by one call of the kernel that one thread
 * would use, so that the bits do not depend on which thread takes which call. The main thread takes calls too, all of
 * them if it must, so that a slow or dead worker only loses its share of the speed-up.
 */
export class Scheduler {
  readonly #threads: number;
  readonly #patience: number;
  readonly control: SharedArrayBuffer = new SharedArrayBuffer(BLOCK_BYTES);
  readonly #words = new Int32Array(this.control);
  readonly #args = new Float64Array(this.control, ARGUMENTS);
  readonly #kernels: ((...args: number[]) => void)[];
  #job = 0;

  constructor(threads: number, exports: KernelExports, patience = PATIENCE_MS) {
    this.#patience = patience;
    this.#threads = threads;
    this.#kernels = KERNELS.map((name) => exports[name]);
  }

  /** Like `split`, of the kernels with fused products, which the workers have behind the others. */
  splitFused(exports: ProductExports): ProductExports {
    for (const [i, name] of KERNELS.entries()) this.#kernels[KERNELS.length + i] = exports[name];
    return this.split(exports, KERNELS.length);
  }

  /**
   * The kernels, in which those that can be split are replaced by split ones. They are those of `KERNELS` from number
   * `first` on.
   */
  split<Exports extends Pick<KernelExports, (typeof KERNELS)[number]>>(exports: Exports, first = 0): Exports {
    const { matvecPanelsF32, matmulPanelsF32 } = exports;
    return {
      ...exports,
      matvecPanelsF32: (xPtr, packedPtr, yPtr, n, m) => {
        if (n * m < SHARED_FROM || m < 2 * PANEL) return matvecPanelsF32(xPtr, packedPtr, yPtr, n, m);
        const cols = this.#share(m, PANEL);
        let call = 0;
        for (let c = 0; c < m; c += cols)
          this.#put(call++, xPtr, packedPtr + 4 * n * c, yPtr + 4 * c, n, min(cols, m - c), 0, 0, 0);
        this.#run(first, call, n * m);
      },
      matmulPanelsF32: (xPtr, xStride, packedPtr, yPtr, yStride, rows, n, m) => {
        const byColumns = m >= 2 * PANEL * this.#threads || m > rows;
        if (rows * n * m < SHARED_FROM || (byColumns ? m < 2 * PANEL : rows < 2 * TILE))
          return matmulPanelsF32(xPtr, xStride, packedPtr, yPtr, yStride, rows, n, m);
        let call = 0;
        if (byColumns) {
          const cols = this.#share(m, PANEL);
          for (let c = 0; c < m; c += cols)
            this.#put(call++, xPtr, xStride, packedPtr + 4 * n * c, yPtr + 4 * c, yStride, rows, n, min(cols, m - c));
        } else {
          const step = this.#share(rows, TILE);
          for (let row = 0; row < rows; row += step)
            this.#put(
              call++,
              xPtr + 4 * xStride * row,
              xStride,
              packedPtr,
              yPtr + 4 * yStride * row,
              yStride,
              min(step, rows - row),
              n,
              m,
            );
        }
        this.#run(first + 1, call, rows * n * m);
      },
    };
  }

  /** Tells the workers to end. */
  stop(): void {
    store(this.#words, STOP, 1);
    this.#publish(0, true);
  }

  /** How many of `size` outputs a call computes: a multiple of `unit`. */
  #share(size: number, unit: number): number {
    const units = ceil(size / unit);
    return unit * ceil(units / min(units, CALLS, SHARES * this.#threads));
  }

  #put(call: number, a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number): void {
    const args = this.#args;
    const at = WIDTH * call;
    args[at] = a;
    args[at + 1] = b;
    args[at + 2] = c;
    args[at + 3] = d;
    args[at + 4] = e;
    args[at + 5] = f;
    args[at + 6] = g;
    args[at + 7] = h;
  }

  /** Runs the `calls` calls that were put, of `terms` terms in all, here and on the workers, to their end. */
  #run(kernel: number, calls: number, terms: number): void {
    const words = this.#words;
    const args = this.#args;
    const run = this.#kernels[kernel]!;
    words[KERNEL] = kernel;
    store(words, DONE, 0);
    this.#publish(calls, terms >= URGENT_FROM);
    let others = calls;
    for (let ticket = load(words, TICKET); (ticket & CALLS) > 0; ticket = load(words, TICKET)) {
      if (compareExchange(words, TICKET, ticket, ticket - 1) !== ticket) continue;
      const at = WIDTH * ((ticket & CALLS) - 1);
      run(
        args[at]!,
        args[at + 1]!,
        args[at + 2]!,
        args[at + 3]!,
        args[at + 4]!,
        args[at + 5]!,
        args[at + 6]!,
        args[at + 7]!,
      );
      others--;
    }
    if (load(words, DONE) !== others) this.#await(others);
  }

  #publish(calls: number, urgent: boolean): void {
    this.#job = (this.#job + 1) & 0x3ff_ffff;
    store(this.#words, TICKET, this.#job * (CALLS + 1) + calls);
    if (load(this.#words, WAITERS) > 0 || (urgent && load(this.#words, POLLERS) > 0)) notify(this.#words, TICKET);
  }

  /** Spins: a browser's main thread may not wait. */
  #await(others: number): void {
    const words = this.#words;
    const start = now();
    for (let spins = 1; load(words, DONE) !== others; spins++) {
      if (load(words, FAILED) !== 0) throw new WorkerLost("a kernel trapped in a worker");
      if (spins % SPINS_PER_LOOK === 0 && now() - start > this.#patience)
        throw new WorkerLost(`a worker did not finish its part in ${this.#patience} ms`);
    }
  }
}
