import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { PRODUCTS } from "../../scripts/fuseproducts.ts";

const ASSEMBLY = new URL("../../assembly/", import.meta.url);

/** Files that add a product to something and are no kernels of products. */
const OTHERS = new Set([
  "activate.ts",
  "convolution/epilogue.ts",
  "recurrent/cell.ts",
  "erfinvbrackets.ts",
  "exp.ts",
  "fma.ts",
  "log.ts",
  "normalize.ts",
  "polynomial.ts",
  "standardize.ts",
  "sum.ts",
  "truncatednormal.ts",
  "uniform.ts",
]);

/** Kernels of products that the core emulates on every engine. */
const EMULATED = new Set([
  "attention/attention.ts",
  "convolution/convolve.ts",
  "convolution/depthwise.ts",
  "matmulbatch.ts",
]);

it("every kernel that adds up products is emulated, or compiled with fused multiply-adds too", () => {
  const adding = readdirSync(ASSEMBLY, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/^(fused|gradients)\b/.test(name))
    .filter((name) => /f32x4\.add\([^;]*f32x4\.mul\(/.test(readFileSync(new URL(name, ASSEMBLY), "utf8")));
  expect(adding.filter((name) => !PRODUCTS.includes(name) && !OTHERS.has(name) && !EMULATED.has(name))).toEqual([]);
  expect(PRODUCTS.filter((name) => !adding.includes(name))).toEqual([]);
});
