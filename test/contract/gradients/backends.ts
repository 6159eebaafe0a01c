import { expect } from "vitest";
import type { GradientKernels } from "../../../src/base/index.ts";
import { coreFusedGradients, coreGradients } from "../../../src/core/index.ts";
import { createWasmGradients } from "../../../src/wasm/index.ts";
import { firstDifference } from "../../bits.ts";
import { floats, FUSED_PRODUCTS, wasmKernels } from "../backends.ts";

export const core: GradientKernels = FUSED_PRODUCTS ? coreFusedGradients : coreGradients;
export const wasm: GradientKernels = createWasmGradients(wasmKernels());

/** Lengths at the edges of lanes, and of the parts that are in linear memory at a time. */
export const LENGTHS = [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 100, 16383, 16384, 16385, 40001];

/**
 * Expects 0 differing bits between the core and WebAssembly.
 *
 * @param run calls a kernel, and gives the arrays that it wrote
 * @param others kernels that give the same bits too
 */
export function expectSame(
  what: string,
  run: (kernels: GradientKernels) => readonly Float32Array[],
  others: readonly GradientKernels[] = [],
): void {
  const expected = run(core);
  for (const kernels of [wasm, ...others]) {
    const got = run(kernels);
    expected.forEach((array, i) => expect(firstDifference(array, got[i]!), `${what}, output ${i}`).toBe(-1));
  }
}

/** `count` arrays of `n` elements of every size, from subnormal ones on. */
export function spread(count: number, n: number): Float32Array[] {
  return inputs(count, n).map((array, i) =>
    floats(n, n + 5 * i + 2).map((x, k) => x * 2 ** -((k * 7 + 3 * i) % 150) || array[k]!),
  );
}

/** `count` arrays of `n` elements, with the edges of arithmetic among them. */
export function inputs(count: number, n: number): Float32Array[] {
  return Array.from({ length: count }, (_, i) => floats(n, n + 7 * i + 1, true));
}
