import {
  ARGUMENTS,
  BLOCK_BYTES,
  CALLS,
  DONE,
  FAILED,
  MODULES,
  MODULES_BYTES,
  NEEDED,
  POLLERS,
  SCRATCH,
  SPANS,
  STOP,
  TABLE,
  TICKET,
  WAITERS,
  WIDTH,
} from "./jobblock.ts";
import type { KernelExports } from "./exports.ts";

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
/**
 * Columns are split in pairs of panels of 16, which one row takes together, or panels of 32 words; rows in two tiles.
 */
export const PANEL = 32;
const TILE = 8;

/** A worker died or did not answer in the middle of a job: their memory cannot be trusted any more. */
export class WorkerLost extends Error {
  override readonly name = "WorkerLost";
}

/** What a module exports, of which some are kernels. */
type Kernel = (...args: number[]) => void;

/** The kernels of products that are split. */
type Products = Pick<KernelExports, "matvecPanelsF32" | "matmulPanelsF32" | "matmulBatchF32" | "matvecHalfF32">;

/**
 * Shares calls of kernels by threads. They are split by their outputs, each of which is computed by the kernel calls
 * that one thread would make, so that the bits do not depend on which thread takes which call. The main thread takes
 * calls too, all of them if it must, so that a slow or dead worker only loses its share of the speed-up.
 */
export class Scheduler {
  readonly threads: number;
  readonly #patience: number;
  readonly control: SharedArrayBuffer = new SharedArrayBuffer(BLOCK_BYTES);
  readonly modules: SharedArrayBuffer = new SharedArrayBuffer(MODULES_BYTES);
  readonly #words = new Int32Array(this.control);
  readonly #args = new Float64Array(this.control, ARGUMENTS);
  readonly #table = new Int32Array(this.modules, 0, TABLE);
  /** What the modules export, in the order in which a thread links them. */
  readonly #kernels: Kernel[] = [];
  readonly #numbers = new Map<unknown, number>();
  readonly #recorders = new WeakMap<object, object>();
  #job = 0;
  /** The calls, steps and kernels of the job that is being made. */
  #calls = 0;
  #steps = 0;
  #needed = 0;

  /** @param exports those of the module that workers begin with */
  constructor(threads: number, exports: object, patience = PATIENCE_MS) {
    this.#patience = patience;
    this.threads = threads;
    this.#number(exports);
  }

  /**
   * Hands a module to the workers, whose kernels may then be in jobs. A worker links it when it next looks; until then
   * it takes no call that needs it.
   *
   * @param exports what the module exports on the memory of the threads
   * @param bytes the module, whose memory is imported and shared. Where there is no room for it, it stays here
   */
  add(exports: { readonly setScratch?: (ptr: number) => void }, bytes: Uint8Array): void {
    const words = this.#words;
    const count = words[MODULES]!;
    const at = 2 * count;
    const start = count === 0 ? 4 * TABLE : this.#table[at - 2]! + this.#table[at - 1]!;
    if (at + 2 > TABLE || start + bytes.length > MODULES_BYTES) return;
    new Uint8Array(this.modules).set(bytes, start);
    this.#table[at] = start;
    this.#table[at + 1] = bytes.length;
    this.#number(exports);
    exports.setScratch?.(words[SCRATCH]! >>> 0);
    store(words, MODULES, count + 1);
  }

  /** Gives the threads scratch memory: `SCRATCH_BYTES` for each, the main one's first. */
  useScratch(ptr: number): void {
    this.#words[SCRATCH] = ptr;
  }

  #number(exports: object): void {
    for (const kernel of Object.values(exports)) {
      this.#numbers.set(kernel, this.#kernels.length);
      this.#kernels.push(kernel as Kernel);
    }
  }

  /**
   * Kernels of the same names that do nothing but become steps of the call that was begun last; undefined where the
   * workers cannot have them. Those that give numbers back are not among them.
   */
  recorder<Exports extends object>(exports: Exports): Exports | undefined {
    let recorder = this.#recorders.get(exports);
    if (recorder === undefined) {
      const known = Object.entries(exports).filter(([, kernel]) => this.#numbers.has(kernel));
      recorder = Object.fromEntries(
        known.map(([name, kernel]) => {
          const number = this.#numbers.get(kernel)!;
          return [name, (...args: number[]) => this.#step(number, args)];
        }),
      );
      if (known.length > 0) this.#recorders.set(exports, recorder);
    }
    return Object.keys(recorder).length === 0 ? undefined : (recorder as Exports);
  }

  /** Begins the next call of a job. */
  begin(): void {
    this.#words[SPANS + 2 * this.#calls++] = this.#steps;
  }

  #step(kernel: number, args: readonly number[]): void {
    const numbers = this.#args;
    let at = WIDTH * this.#steps++;
    numbers[at++] = kernel;
    for (let i = 0; i < args.length; i++) numbers[at + i] = args[i]!;
    this.#words[SPANS + 2 * this.#calls - 1] = this.#steps;
    if (kernel >= this.#needed) this.#needed = kernel + 1;
  }

  /** The kernels, in which those that can be split are replaced by split ones. */
  split<Exports extends Products>(exports: Exports): Exports {
    const { matvecPanelsF32, matmulPanelsF32, matmulBatchF32, matvecHalfF32 } = exports;
    const vector = this.#numbers.get(matvecPanelsF32);
    const matrix = this.#numbers.get(matmulPanelsF32);
    const batch = this.#numbers.get(matmulBatchF32);
    const half = this.#numbers.get(matvecHalfF32);
    if (vector === undefined || matrix === undefined || batch === undefined || half === undefined) return exports;
    const split: Products = {
      matvecPanelsF32: this.#splitColumns(matvecPanelsF32, vector, 4),
      matvecHalfF32: this.#splitColumns(matvecHalfF32, half, 2),
      matmulPanelsF32: (xPtr, xStride, packedPtr, yPtr, yStride, rows, n, m) => {
        const byColumns = m >= 2 * PANEL * this.threads || m > rows;
        if (rows * n * m < SHARED_FROM || (byColumns ? m < 2 * PANEL : rows < 2 * TILE))
          return matmulPanelsF32(xPtr, xStride, packedPtr, yPtr, yStride, rows, n, m);
        if (byColumns) {
          const cols = this.share(m, PANEL);
          for (let c = 0; c < m; c += cols) {
            const [w, y] = [packedPtr + 4 * n * c, yPtr + 4 * c];
            this.begin();
            this.#step(matrix, [xPtr, xStride, w, y, yStride, rows, n, min(cols, m - c)]);
          }
        } else {
          const step = this.share(rows, TILE);
          for (let row = 0; row < rows; row += step) {
            const [x, y] = [xPtr + 4 * xStride * row, yPtr + 4 * yStride * row];
            this.begin();
            this.#step(matrix, [x, xStride, packedPtr, y, yStride, min(step, rows - row), n, m]);
          }
        }
        this.run(rows * n * m);
      },
      matmulBatchF32: (xPtr, wPtr, yPtr, count, rows, n, m) => {
        const terms = count * rows * n * m;
        if (terms < SHARED_FROM) return matmulBatchF32(xPtr, wPtr, yPtr, count, rows, n, m);
        const some = this.share(count, 1);
        for (let i = 0; i < count; i += some) {
          const [x, w, y] = [xPtr + 4 * rows * n * i, wPtr + 4 * n * m * i, yPtr + 4 * rows * m * i];
          this.begin();
          this.#step(batch, [x, w, y, min(some, count - i), rows, n, m]);
        }
        this.run(terms);
      },
    };
    // Recorded, they are steps like those they replace.
    this.#numbers.set(split.matvecPanelsF32, vector);
    this.#numbers.set(split.matmulPanelsF32, matrix);
    this.#numbers.set(split.matmulBatchF32, batch);
    this.#numbers.set(split.matvecHalfF32, half);
    return { ...exports, ...split };
  }

  /** `kernel`, a product of one row by a packed matrix whose elements have so many bytes, split by columns. */
  #splitColumns(kernel: Products["matvecPanelsF32"], number: number, bytes: number): Products["matvecPanelsF32"] {
    return (xPtr, packedPtr, yPtr, n, m) => {
      if (n * m < SHARED_FROM || m < 2 * PANEL) return kernel(xPtr, packedPtr, yPtr, n, m);
      const cols = this.share(m, PANEL);
      for (let c = 0; c < m; c += cols) {
        this.begin();
        this.#step(number, [xPtr, packedPtr + bytes * n * c, yPtr + 4 * c, n, min(cols, m - c)]);
      }
      this.run(n * m);
    };
  }

  /** Tells the workers to end. */
  stop(): void {
    store(this.#words, STOP, 1);
    this.#publish(0, true);
  }

  /** How many of `size` outputs a call computes: a multiple of `unit`. */
  share(size: number, unit: number): number {
    const units = ceil(size / unit);
    return unit * ceil(units / min(units, CALLS, SHARES * this.threads));
  }

  /** Runs the calls that were begun, of `terms` terms in all, here and on the workers, to their end. */
  run(terms: number): void {
    const words = this.#words;
    const calls = this.#calls;
    words[NEEDED] = this.#needed;
    this.#calls = this.#steps = this.#needed = 0;
    store(words, DONE, 0);
    this.#publish(calls, terms >= URGENT_FROM);
    let others = calls;
    for (let ticket = load(words, TICKET); (ticket & CALLS) > 0; ticket = load(words, TICKET)) {
      if (compareExchange(words, TICKET, ticket, ticket - 1) !== ticket) continue;
      this.#call((ticket & CALLS) - 1);
      others--;
    }
    if (load(words, DONE) !== others) this.#await(others);
  }

  #call(call: number): void {
    const args = this.#args;
    const span = SPANS + 2 * call;
    const end = WIDTH * this.#words[span + 1]!;
    for (let at = WIDTH * this.#words[span]!; at < end; at += WIDTH)
      this.#kernels[args[at]!]!(
        args[at + 1]!,
        args[at + 2]!,
        args[at + 3]!,
        args[at + 4]!,
        args[at + 5]!,
        args[at + 6]!,
        args[at + 7]!,
        args[at + 8]!,
        args[at + 9]!,
        args[at + 10]!,
        args[at + 11]!,
        args[at + 12]!,
        args[at + 13]!,
      );
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
