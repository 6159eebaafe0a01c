import { carryFused, carryProductTwins, createWasmKernels } from "../../src/wasm/index.ts";
import type { WasmKernels } from "../../src/wasm/index.ts";
import type { WasmOptions } from "../../src/wasm/kernels.ts";
import type { EveryKernel } from "./families.ts";
import { everyCore, everyFusedCore, withFamilies } from "./families.ts";

carryFused();
carryProductTwins();

/**
 * Whether these tests are of products of which each multiply-add is rounded once: with FLAXEN_PRODUCTS=fused, on an
 * engine that fuses.
 */
export const FUSED_PRODUCTS: boolean = process.env.FLAXEN_PRODUCTS === "fused";

/** Kernels on WebAssembly whose products are those of these tests. */
export function wasmKernels(options?: WasmOptions): WasmKernels {
  const kernels = createWasmKernels(undefined, undefined, options);
  if (FUSED_PRODUCTS && !kernels.fuseProducts(true)) throw new Error("FLAXEN_PRODUCTS: this engine does not fuse");
  return kernels;
}

/** The two implementations of the contract, with no size threshold between them and the test. */
export const BACKENDS: readonly EveryKernel[] = [
  FUSED_PRODUCTS ? everyFusedCore : everyCore,
  withFamilies(wasmKernels()),
];

/** WebAssembly with elementary functions that are emulated for good, and with those of the fused module at once. */
export const [EMULATED, AT_ONCE]: readonly [EveryKernel, EveryKernel] = [
  withFamilies(wasmKernels({ emulated: Infinity })),
  withFamilies(wasmKernels({ emulated: 0 })),
];

/** Every size at which a lane, a tile or a chunk may begin or end. */
export const SIZES = [...Array.from({ length: 258 }, (_, n) => n), 1023, 1024, 1025, 4095, 4096, 4097, 65537];

/** float32 values at the edges of arithmetic: zeros, subnormals, extremes, infinities, NaN, ties. */
export const EDGES = Float32Array.of(
  0,
  -0,
  1,
  -1,
  2 ** -149,
  -(2 ** -149),
  2 ** -126,
  2 ** -127,
  3.4028234663852886e38,
  -3.4028234663852886e38,
  Infinity,
  -Infinity,
  NaN,
  1 + 2 ** -23,
  1 - 2 ** -24,
  2 ** 24,
  1e-40,
  -1e30,
  0.1,
  3,
);

/** `n` words of a repeatable sequence, good enough to spread inputs. */
export function words(n: number, seed = 1): Uint32Array {
  const all = new Uint32Array(n);
  let state = seed >>> 0;
  for (let i = 0; i < n; i++) {
    state = (state + 0x9e3779b9) >>> 0;
    let word = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
    all[i] = word ^ (word >>> 16);
  }
  return all;
}

/** `n` float32 values about 0, or with `edges` every third one from the edges of arithmetic. */
export function floats(n: number, seed = 1, edges = false): Float32Array {
  const values = new Float32Array(n);
  words(n, seed).forEach((word, i) => {
    values[i] = edges && i % 3 === 0 ? EDGES[word % EDGES.length]! : (word / 2 ** 31 - 1) * 2 ** ((word & 7) - 4);
  });
  return values;
}
