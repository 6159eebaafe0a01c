import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { PRODUCTS } from "../../scripts/fuseproducts.ts";

const ASSEMBLY = new URL("../../assembly/", import.meta.url);

/** Files that add a product to something and are no kernels of products. */
const OTHERS = new Set([
  "activate.ts",
  "cell.ts",
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

it("every kernel that adds up products is compiled with fused multiply-adds too", () => {
  const adding = readdirSync(ASSEMBLY)
    .filter((name) => name.endsWith(".ts"))
    .filter((name) => /f32x4\.add\([^;]*f32x4\.mul\(/.test(readFileSync(new URL(name, ASSEMBLY), "utf8")));
  expect(adding.filter((name) => !PRODUCTS.includes(name) && !OTHERS.has(name))).toEqual([]);
  expect(PRODUCTS.filter((name) => !adding.includes(name))).toEqual([]);
});
