import { copyBlockIn, copyCyclic, eachBlock, HALF } from "./blocks.ts";
import { copyIn, copyOut } from "./copy.ts";
import { BLOCK, CHUNK } from "./memory.ts";
import type { Arena } from "./memory.ts";

const { floor, min } = Math;

/** The partial sums of a line. */
const PARTIALS = 16;
/** Terms of a block, whose partials are put aside. */
const TERMS = 1024;
/** Squares of a long line that are made at a time: whole blocks. */
const LONG_SQUARES = HALF - (HALF % TERMS);
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
  if (n * size > (centres ? LONG_SQUARES : BLOCK)) return sumLong(arena, x, centres, out);
  if (centres !== undefined || x.length > BLOCK || out.length > CHUNK)
    return sumBlocks(arena, x, centres, out, 1, out.length, n * size);
  const { exports, wPtr, chunkPtr } = arena;
  copyIn(x, 0, x.length, arena.w);
  exports.sumRowsF32(wPtr, chunkPtr, out.length, n * size);
  copyOut(arena.chunkF32, out.length, out, 0);
}

/** Like `sum`, of contiguous lines that do not fit into the block region: a part of whole blocks at a time. */
function sumLong(arena: Arena, x: Float32Array, centres: Float32Array | undefined, out: Float32Array): void {
  const { exports, xPtr, wPtr, chunkPtr } = arena;
  const size = x.length / out.length;
  const room = centres ? LONG_SQUARES : BLOCK;
  const termsPtr = centres ? wPtr + 2 * BLOCK : wPtr;
  for (let line = 0; line < out.length; line++) {
    if (centres) arena.x[0] = centres[line % centres.length]!;
    for (let j = 0; j < size; j += room) {
      const count = min(room, size - j);
      copyIn(x, line * size + j, count, arena.w);
      if (centres) exports.standardizeF32(wPtr, xPtr, 0, 0, termsPtr, 1, 1, count);
      exports.sumPartF32(termsPtr, chunkPtr, count, j / TERMS);
    }
    copyOut(arena.chunkF32, 1, out, line);
  }
}

/**
 * Like `sum`, of arrays and lines of any size; contiguous lines come with n = 1. A function of its own, because making its
 * closures costs a quarter of a sum of 64 (Node 20, 2026-12).
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
  const room = centres ? HALF : BLOCK;
  const termsPtr = centres ? wPtr + 2 * BLOCK : wPtr;
  const whole = n === 1 && size <= room;
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
      if (whole) exports.sumRowsF32(termsPtr, chunkPtr, cols, size);
      else if (even) addRows(term / size, rows, cols);
      else addGroups(term, rows, cols, run);
    },
    (line, cols) => {
      if (!whole) {
        const parts = arena.y.subarray(0, PARTIALS * cols);
        for (let level = 0, blocks = floor((n * size) / TERMS); blocks > 0; level++, blocks >>>= 1)
          if (blocks % 2 === 1) addTo(parts, kept[level]!);
      }
      if (!whole && even) exports.combinePartsF32(yPtr, chunkPtr, cols * size, size);
      else if (!whole) exports.sumRowsF32(yPtr, chunkPtr, cols, PARTIALS);
      copyOut(arena.chunkF32, cols, out, line);
    },
  );

  /** Adds rows of `size` terms a line, `row` whole rows behind the first, block by block. */
  function addRows(row: number, rows: number, cols: number): void {
    const perBlock = TERMS / size;
    for (let from = termsPtr, count: number; rows > 0; rows -= count, row += count, from += 4 * count * cols * size) {
      count = min(rows, perBlock - (row % perBlock));
      exports.addPartsF32(from, yPtr, row, count, cols * size, PARTIALS / size);
      if ((row + count) % perBlock === 0) keep((row + count) / perBlock, cols);
    }
  }

  /** Adds rows of `run` terms a line, of which `term` come before. The end of a block may lie within a row. */
  function addGroups(term: number, rows: number, cols: number, run: number): void {
    for (let from = termsPtr; rows > 0;) {
      const count = min(rows, floor((TERMS - (term % TERMS)) / run));
      if (count > 0) {
        exports.addGroupsF32(from, yPtr, term % PARTIALS, count, cols, run, run);
        term += count * run;
        rows -= count;
        from += 4 * count * cols * run;
        if (term % TERMS === 0) keep(term / TERMS, cols);
        continue;
      }
      for (let j = 0, part: number; j < run; j += part, term += part) {
        part = min(run - j, TERMS - (term % TERMS));
        exports.addGroupsF32(from + 4 * j, yPtr, term % PARTIALS, 1, cols, part, run);
        if ((term + part) % TERMS === 0) keep((term + part) / TERMS, cols);
      }
      rows--;
      from += 4 * cols * run;
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
