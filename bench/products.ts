import type { Kernels } from "../src/base/index.ts";
import { readingAlone } from "./ceilings.ts";
import { core, wasm } from "./dist.ts";
import type { Contender, Timing } from "./measure.ts";
import { compare } from "./measure.ts";

/**
 * `x @ W` three ways: the core, WebAssembly with a W it may prepare once, and with one it has to read on every call; and
 * the reading of W alone.
 */
export function compareProducts(
  n: number,
  m: number,
): [core: Timing, immutable: Timing, mutable: Timing, reading: Timing] {
  const x = drawn(n, 1);
  const w = drawn(n * m, 2);
  // A copy of its own: a prepared matrix is found by its identity, and dropped when the promise is not repeated.
  const contenders = [
    product("core", core, x, w, true),
    product("wasm immutable", wasm, x, w, true),
    product("wasm mutable", wasm, x, w.slice(), false),
  ];
  return compare(`matvec ${n}x${m}`, contenders, [readingAlone(n, m)]) as [Timing, Timing, Timing, Timing];
}

/** `X @ W` for a few rows, two ways: the core, and WebAssembly with a W it may prepare once. */
export function compareBatches(rows: number, n: number, m: number): [core: Timing, immutable: Timing] {
  const x = drawn(rows * n, 1);
  const w = drawn(n * m, 2);
  return compare(`matmul ${rows}x${n}x${m}`, [
    batch("core", core, rows, x, w),
    batch("wasm immutable", wasm, rows, x, w),
  ]) as [Timing, Timing];
}

function batch(name: string, kernels: Kernels, rows: number, x: Float32Array, w: Float32Array): Contender {
  const out = new Float32Array((rows * w.length * rows) / x.length);
  const run = (repeats: number): void => {
    for (let call = 0; call < repeats; call++) kernels.matmulF32(x, w, undefined, out, rows, true);
  };
  return { name, run, output: () => out };
}

function product(name: string, kernels: Kernels, x: Float32Array, w: Float32Array, immutable: boolean): Contender {
  const out = new Float32Array(w.length / x.length);
  const run = (repeats: number): void => {
    for (let call = 0; call < repeats; call++) kernels.matvecF32(x, w, out, immutable);
  };
  return { name, run, output: () => out };
}

function drawn(size: number, key: number): Float32Array {
  const values = new Float32Array(size);
  wasm.normalF32(0, key, 0, values, true);
  return values;
}
