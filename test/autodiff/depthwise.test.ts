import { afterEach, expect, it } from "vitest";
import { config, lax, random, useBackend, vjp } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";
import { firstDifference } from "../bits.ts";

/** A depthwise convolution: the spatial sizes of a batch of images, and those of the kernel. */
interface Sizes {
  readonly batch: number;
  readonly image: readonly number[];
  readonly kernel: readonly number[];
  readonly features: number;
  /** Outputs of each feature. */
  readonly multiplier: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: "SAME" | "VALID";
}

/** A convolution of one place, and what others have in its stead. */
const PLAIN = { batch: 1, multiplier: 1, stride: 1, dilation: 1, padding: "SAME" } as const;

/** Rows below, at and above the 256 that one accumulator sums, features below and above a vector. */
const CASES: readonly Sizes[] = [
  { ...PLAIN, image: [3], kernel: [1], features: 2 },
  { ...PLAIN, image: [256], kernel: [3], features: 5 },
  { ...PLAIN, image: [257], kernel: [2], features: 8 },
  { ...PLAIN, batch: 2, image: [300], kernel: [4], features: 3, multiplier: 2, stride: 2, padding: "VALID" },
  { ...PLAIN, batch: 2, image: [9, 11], kernel: [3, 3], features: 9, dilation: 3 },
  { ...PLAIN, batch: 3, image: [17, 16], kernel: [5, 1], features: 12, multiplier: 3, stride: 2 },
  { ...PLAIN, batch: 2, image: [15, 20], kernel: [1, 7], features: 4, dilation: 2, padding: "VALID" },
  { ...PLAIN, image: [20, 30], kernel: [3, 3], features: 33 },
  { ...PLAIN, image: [5, 7, 9], kernel: [2, 3, 2], features: 6, multiplier: 2, dilation: 2 },
];

/** The gradient of `kernel` [...sizes, features, outputs], where `ct` is that of the result. */
function gradient(x: NDArray, kernel: NDArray, ct: NDArray, groups: number, sizes: Sizes): NDArray {
  return vjp((k: NDArray) => slide(x, k, groups, sizes), kernel)[1](ct)[0];
}

function slide(x: NDArray, kernel: NDArray, groups: number, sizes: Sizes): NDArray {
  const space = "012".slice(0, sizes.kernel.length);
  const all = (n: number): number[] => sizes.kernel.map(() => n);
  return lax.convGeneralDilated(x, kernel, all(sizes.stride), sizes.padding, {
    rhsDilation: all(sizes.dilation),
    dimensionNumbers: [`N${space}C`, `${space}IO`, `N${space}C`],
    featureGroupCount: groups,
  });
}

afterEach(() => {
  useBackend("auto");
  config.products = "rounded";
});

it.each([
  ["core", "rounded"],
  ["wasm", "rounded"],
  ["core", "fused"],
] as const)("the gradient of a depthwise kernel has the bits of its features' own: %s, %s", (backend, products) => {
  useBackend(backend);
  config.products = products;
  for (const sizes of CASES) {
    const { batch, image, features, multiplier } = sizes;
    const x = random.normal(random.key(1), [batch, ...image, features]);
    const kernel = random.normal(random.key(2), [...sizes.kernel, 1, features * multiplier]);
    const ct = random.normal(random.key(3), slide(x, kernel, features, sizes).shape);
    const found = gradient(x, kernel, ct, features, sizes);
    expect(found.shape).toEqual(kernel.shape);
    for (let f = 0; f < features; f++) {
      const [one, outputs] = [`${f}:${f + 1}`, `${f * multiplier}:${(f + 1) * multiplier}`] as const;
      const own = gradient(x.slice("...", one), kernel.slice("...", outputs), ct.slice("...", outputs), 1, sizes);
      const part = found.slice("...", outputs);
      const difference = firstDifference(part.data as Float32Array, own.data as Float32Array);
      expect(difference, `feature ${f} of ${features}, ${image.join("x")}`).toBe(-1);
    }
  }
});
