import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { productPlaces, PRODUCTS } from "../../scripts/products/places.ts";
import * as attention from "../../src/wasm/attention/bytes.ts";
import * as kernels from "../../src/wasm/bytes.ts";
import * as convolution from "../../src/wasm/convolution/bytes.ts";
import * as gradients from "../../src/wasm/gradients/bytes.ts";
import { decode } from "../../src/wasm/loader.ts";
import { decodeTwin } from "../../src/wasm/products/twin.ts";

const V128 = 0x7b;
const F32 = 0x7d;
const MULTIPLY = [0xfd, 0xe6, 1];
const ADD = [0xfd, 0xe4, 1];
const [x, w, sum] = [0, 1, 2].map((i) => [0x20, i]) as [number[], number[], number[]];

/** A module with a function "f" of three values of one type, whose code this is. */
function moduleOf(type: number, ...code: readonly number[][]): Uint8Array<ArrayBuffer> {
  const body = [0, ...code.flat(), 0x0b];
  const sections = [
    [1, 1, 0x60, 3, type, type, type, 1, type],
    [3, 1, 0],
    [7, 1, 1, 102, 0, 0],
    [10, 1, body.length, ...body],
  ];
  const bytes = sections.flatMap(([id, ...content]) => [id!, content.length, ...content]);
  return Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...bytes);
}

describe("the places of products that are added up", () => {
  it("are those of the multiplication and the addition", () => {
    const bytes = moduleOf(V128, x, w, MULTIPLY, sum, ADD);
    expect(WebAssembly.validate(bytes)).toBe(true);
    const places = productPlaces(bytes, ["f"]);
    expect(places.map((at) => bytes[at + 1])).toEqual([0xe6, 0xe4]);
  });

  it("are none where a product is not added", () => {
    expect(productPlaces(moduleOf(V128, x, w, MULTIPLY), ["f"])).toEqual([]);
    expect(productPlaces(moduleOf(V128, x, w, ADD), ["f"])).toEqual([]);
  });

  it.each([
    ["behind the sum", V128, [sum, x, w, MULTIPLY, ADD]],
    ["to another product", V128, [x, w, MULTIPLY, x, w, MULTIPLY, ADD]],
    ["by way of a local", V128, [x, w, MULTIPLY, [0x22, 0], sum, ADD]],
    ["by way of a local, later", V128, [x, w, MULTIPLY, [0x21, 0], sum, x, ADD]],
    ["as a scalar", F32, [x, w, [0x94], sum, [0x92]]],
    ["by subtraction", V128, [x, w, MULTIPLY, sum, [0xfd, 0xe5, 1]]],
  ] as const)("are an error of the build where one is added %s", (_, type, code) => {
    const bytes = moduleOf(type, ...code.map((part) => [...part]));
    expect(WebAssembly.validate(bytes)).toBe(true);
    expect(() => productPlaces(bytes, ["f"])).toThrow("in a way that cannot be fused");
  });
});

describe.each(Object.entries({ attention, convolution, gradients, kernels }))(
  "the twin of the module %s",
  (name, of) => {
    it("differs in its multiplications and additions alone, and has the checksum of the build", () => {
      const [bytes, twin] = [decode(of), decodeTwin(of)];
      const places = productPlaces(bytes, PRODUCTS[name]!);
      expect(places.length).toBeGreaterThan(30);
      const differing = new Set([...bytes.keys()].filter((at) => bytes[at] !== twin[at]));
      for (const place of places) for (const at of [place, place + 1, place + 2]) differing.delete(at);
      expect(differing.size).toBe(0);
      expect(() => decodeTwin({ ...of, PRODUCTS: of.PRODUCTS.slice(1) })).toThrow("damaged");
    });
  },
);

const ASSEMBLY = new URL("../../assembly/", import.meta.url);

/** The sources of the kernels of products. */
const SOURCES = [
  "attention/attention.ts",
  "convolution/convolve.ts",
  "convolution/depthwise.ts",
  "gradients/attentionback.ts",
  "matmul.ts",
  "matmulbatch.ts",
  "matmulhalf.ts",
  "matvec.ts",
  "thinproducts.ts",
];

/** Files that add a product to something and are not kernels of products. */
const OTHERS = new Set([
  "activate.ts",
  "convolution/epilogue.ts",
  "erfinvbrackets.ts",
  "exp.ts",
  "fma.ts",
  "gradients/adam.ts",
  "gradients/momentum.ts",
  "gradients/sgd.ts",
  "log.ts",
  "normalize.ts",
  "polynomial.ts",
  "recurrent/cell.ts",
  "standardize.ts",
  "sum.ts",
  "truncatednormal.ts",
  "uniform.ts",
]);

it("each source that adds up products is one of those that have twins, or no kernel of products", () => {
  const adding = readdirSync(ASSEMBLY, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.startsWith("fused/"))
    .filter((name) => /f32x4\.add\([^;]*f32x4\.mul\(/.test(readFileSync(new URL(name, ASSEMBLY), "utf8")));
  expect(adding.filter((name) => !SOURCES.includes(name) && !OTHERS.has(name))).toEqual([]);
  expect(SOURCES.filter((name) => !adding.includes(name))).toEqual([]);
});
