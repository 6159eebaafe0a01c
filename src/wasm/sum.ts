import { copyBlockIn, copyCyclic, eachBlock, HALF } from "./blocks.ts";
import { copyIn, copyOut } from "./copy.ts";
import { BLOCK, CHUNK } from "./memory.ts";
import type { Arena } from "./memory.ts";

const { floor, min } = Math;

/** The partial sums of a line. */
const PARTIALS = 16;
/** Terms of a block, whose partials are put aside. */
const TERMS = 1024;
/** Squares that are made at a time: whole blocks. */
const SQUARES = HALF - (HALF % TERMS);
/** Lines summed by partials at a time: they fill the y region. */
const LINES = 1024;

export function sum(
  arena: Arena,
  x: Float32Array,
  centres: Float32Array | undefined,
  out: Float32Array,
  n: number,
  inner: number,
  size = 1,
): void {
  if (x.length === 0) return void out.fill(0);
  const contiguous = n === 1 || inner === 1;
  if (!contiguous) return sumBlocks(arena, x, centres, out, n, inner, size);
  if (centres !== undefined || x.length > BLOCK || out.length > CHUNK)
    return sumBlocks(arena, x, centres, out, 1, out.length, n * size);
  const { exports, wPtr, chunkPtr } = arena;
  copyIn(x, 0, x.length, arena.w);
  exports.sumRowsF32(wPtr, chunkPtr, out.length, n * size);
  copyOut(arena.chunkF32, out.length, out, 0);
}

/**
 * Like `sum`, of arrays and lines of any size; contiguous lines come with n = 1. A function of its own, because making
 * its closures costs a quarter of a sum of 64 (Node 20, 2026-12).
 */
function sumBlocks(
  arena: Arena,
  x: Float32Array,
  centres: Float32Array | undefined,
  out: Float32Array,
  n: number,
  inner: number,
  size: number,
): void {
  const { exports, xPtr, yPtr, wPtr, chunkPtr } = arena;
  const room = centres ? SQUARES : BLOCK;
  const termsPtr = centres ? wPtr + 2 * BLOCK : wPtr;
  const whole = n === 1;
  // Then a row of partials is one row of x, or several.
  const even = PARTIALS % size === 0;
  const kept: Float32Array[] = [];
  eachBlock(
    out.length,
    n,
    inner,
    size,
    room,
    whole ? CHUNK : LINES,
    (line, cols) => {
      if (centres) copyCyclic(centres, line, cols, arena.x, 0);
      if (!whole) arena.y.fill(0, 0, PARTIALS * cols);
    },
    (at, width, rows, cols, run, term) => {
      copyBlockIn(arena, x, at, width, rows, cols * run);
      if (centres) exports.standardizeF32(wPtr, xPtr, 0, 0, termsPtr, rows, cols, run);
      if (size > room && whole) exports.sumPartF32(termsPtr, chunkPtr, run, term / TERMS);
      else if (whole) exports.sumRowsF32(termsPtr, chunkPtr, cols, size);
      else add(term, rows, cols, run);
    },
    (line, cols) => {
      if (!whole) {
        const parts = arena.y.subarray(0, PARTIALS * cols);
        for (let level = 0, blocks = floor((n * size - 1) / TERMS); blocks > 0; level++, blocks >>>= 1)
          if (blocks % 2 === 1) addTo(parts, kept[level]!);
      }
      if (!whole && even) exports.combinePartsF32(yPtr, chunkPtr, cols * size, size);
      else if (!whole) exports.sumRowsF32(yPtr, chunkPtr, cols, PARTIALS);
      copyOut(arena.chunkF32, cols, out, line);
    },
  );

  /** Adds rows of `run` terms a line, of which `term` come before, block by block. A block may end within a row. */
  function add(term: number, rows: number, cols: number, run: number): void {
    for (let from = termsPtr, j = 0; rows > 0;) {
      const left = TERMS - (term % TERMS);
      const count = j === 0 ? min(rows, floor(left / run)) : 0;
      const part = count === 0 ? min(run - j, left) : run;
      if (even) exports.addPartsF32(from, yPtr, term / size, count, cols * size, PARTIALS / size);
      else exports.addGroupsF32(from + 4 * j, yPtr, term % PARTIALS, count || 1, cols, part, run);
      term += (count || 1) * part;
      j = (j + part) % run;
      if (j === 0) {
        rows -= count || 1;
        from += 4 * (count || 1) * cols * run;
      }
      if (term % TERMS === 0 && term < n * size) keep(term / TERMS, cols);
    }
  }

  /** Puts the partials of block number `block`, from 1, aside with those of the blocks before it. */
  function keep(block: number, cols: number): void {
    const parts = arena.y.subarray(0, PARTIALS * cols);
    let level = 0;
    for (; block % 2 === 0; block /= 2, level++) addTo(parts, kept[level]!);
    (kept[level] ??= new Float32Array(PARTIALS * min(LINES, out.length))).set(parts);
    parts.fill(0);
  }
}

function addTo(parts: Float32Array, older: Float32Array): void {
  for (let i = 0; i < parts.length; i++) parts[i] = older[i]! + parts[i]!;
}
