import type { CellName } from "../../base/index.ts";
import { ARITHMETIC, GATES, UNARY } from "../../base/index.ts";
import type { FusedExports } from "../exports.ts";
import { fusedFor } from "../fused/link.ts";
import type { Arena } from "../memory.ts";

const FLOAT = 4;
/** Kernels write up to so many elements behind a list. */
const SLACK = 16;
const LISTS = 5;

/** From this width on the calls of a row take less time than the emulation saves (Node 24, 2026-12). */
const FUSED_FROM = 16;

/** The elements of the lists that a `FusedCell` of `size` elements a gate needs. */
export function listElements(size: number): number {
  return LISTS * (size + SLACK);
}

/**
 * A step of a recurrent cell with the elementary functions of the fused module, a kernel of all elements for each
 * operation. The bits are those of the kernel `cellF32`, whose functions are emulated.
 */
export class FusedCell {
  readonly #op: CellName;
  readonly #arena: Arena;
  readonly #fused: FusedExports;
  readonly #rows: number;
  readonly #n: number;
  /** The elements of a gate, padded to vectors. */
  readonly #padded: number;
  readonly #lists: readonly number[];

  /**
   * Rows [n] of the cell `op`, for so many steps.
   *
   * @param ptr the address of room for `listElements` of rows * n elements
   * @returns undefined where the emulation is faster, or all there is
   */
  static of(arena: Arena, op: CellName, rows: number, n: number, ptr: number, steps = 1): FusedCell | undefined {
    const fused = n < FUSED_FROM ? undefined : fusedFor(arena, steps * rows * n * GATES[op]);
    return fused && new FusedCell(arena, fused, op, rows, n, ptr);
  }

  private constructor(arena: Arena, fused: FusedExports, op: CellName, rows: number, n: number, ptr: number) {
    const size = rows * n;
    this.#arena = arena;
    this.#fused = fused;
    this.#op = op;
    this.#rows = rows;
    this.#n = n;
    this.#padded = (size + 3) & ~3;
    this.#lists = Array.from({ length: LISTS }, (_, i) => ptr + FLOAT * i * (size + SLACK));
    if (op === "gru") arena.floats.fill(1, this.#lists[4]! / FLOAT, this.#lists[4]! / FLOAT + this.#padded);
  }

  /** Like the kernel `cellF32`, at addresses. `outPtr` may be `statePtr`. */
  step(xPtr: number, hPtr: number, statePtr: number, outPtr: number, hiddenPtr: number): void {
    if (this.#op === "lstm") this.#lstm(xPtr, hPtr, statePtr, outPtr, hiddenPtr);
    else if (this.#op === "gru") this.#gru(xPtr, hPtr, statePtr, outPtr);
    else this.#simple(xPtr, hPtr, statePtr, outPtr);
  }

  #lstm(xPtr: number, hPtr: number, statePtr: number, outPtr: number, hiddenPtr: number): void {
    const [i, f, g, o] = this.#lists as [number, number, number, number];
    for (let gate = 0; gate < 4; gate++) this.#sums(xPtr, hPtr, gate, this.#lists[gate]!);
    this.#apply(UNARY.logistic, i, i);
    this.#apply(UNARY.logistic, f, f);
    this.#apply(UNARY.tanh, g, g);
    this.#apply(UNARY.logistic, o, o);
    this.#combine(ARITHMETIC.multiply, f, statePtr, f);
    this.#combine(ARITHMETIC.multiply, i, g, i);
    this.#combine(ARITHMETIC.add, f, i, outPtr);
    this.#apply(UNARY.tanh, outPtr, g);
    this.#combine(ARITHMETIC.multiply, o, g, hiddenPtr);
  }

  #gru(xPtr: number, hPtr: number, statePtr: number, outPtr: number): void {
    const [r, z, m, reset, ones] = this.#lists as [number, number, number, number, number];
    this.#sums(xPtr, hPtr, 0, r);
    this.#sums(xPtr, hPtr, 1, z);
    this.#apply(UNARY.logistic, r, r);
    this.#apply(UNARY.logistic, z, z);
    this.#rowsOf(ARITHMETIC.multiply, r, 1, 0, hPtr, 3, 2, reset);
    this.#rowsOf(ARITHMETIC.add, xPtr, 3, 2, reset, 1, 0, m);
    this.#apply(UNARY.tanh, m, m);
    this.#combine(ARITHMETIC.subtract, ones, z, r);
    this.#combine(ARITHMETIC.multiply, r, m, r);
    this.#combine(ARITHMETIC.multiply, z, statePtr, z);
    this.#combine(ARITHMETIC.add, r, z, outPtr);
  }

  #simple(xPtr: number, hPtr: number, statePtr: number, outPtr: number): void {
    const [sums] = this.#lists as [number];
    this.#sums(xPtr, hPtr, 0, sums);
    if (statePtr !== 0) this.#combine(ARITHMETIC.add, sums, statePtr, sums);
    this.#apply(UNARY.tanh, sums, outPtr);
  }

  /** The list at `to` = x + h of one gate. */
  #sums(xPtr: number, hPtr: number, gate: number, to: number): void {
    const gates = GATES[this.#op];
    this.#rowsOf(ARITHMETIC.add, xPtr, gates, gate, hPtr, gates, gate, to);
  }

  /** The list at `to` = x op y, where a row has `xGates` or `yGates` gates, of which these are taken. */
  #rowsOf(
    code: number,
    xPtr: number,
    xGates: number,
    xGate: number,
    yPtr: number,
    yGates: number,
    yGate: number,
    to: number,
  ): void {
    const n = this.#n;
    const { exports } = this.#arena;
    const bytes = FLOAT * n;
    // What a row writes behind its end, the next row overwrites.
    for (let row = 0; row < this.#rows; row++) {
      const x = xPtr + bytes * (row * xGates + xGate);
      const y = yPtr + bytes * (row * yGates + yGate);
      exports.binaryF32(code, x, y, to + bytes * row, n, n);
    }
  }

  /** All elements at `to` = x op y; `to` may be `xPtr`. */
  #combine(code: number, xPtr: number, yPtr: number, to: number): void {
    this.#arena.exports.binaryF32(code, xPtr, yPtr, to, this.#padded, this.#padded);
  }

  #apply(code: number, xPtr: number, to: number): void {
    this.#fused.unaryF32(code, xPtr, to, this.#padded);
  }
}
