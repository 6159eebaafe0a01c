import { describe, expect, it } from "vitest";
import { LoadError } from "../../src/orbax/index.ts";
import { readZarr2 } from "../../src/orbax/zarr/v2.ts";

const META = { zarr_format: 2, shape: [4], chunks: [2], dtype: "<f4", order: "C", compressor: null, fill_value: 3 };
const PLACE = { source: "folder/w/.zarray" };

/** The code and the message of what reading metadata throws. */
function failure(more: object): string {
  try {
    readZarr2({ ...META, ...more }, PLACE);
  } catch (error) {
    expect(error).toBeInstanceOf(LoadError);
    return `${(error as LoadError).code}: ${(error as LoadError).message}`;
  }
  return "none";
}

/** The keys of a scalar's chunk and of two others. */
const keys = (more: object): string[] => {
  const { keyOf } = readZarr2({ ...META, ...more }, PLACE);
  return [keyOf([]), keyOf([7]), keyOf([1, 0])];
};

describe("readZarr2", () => {
  it.each<[expected: string, more: object]>([
    ['BadZarr: folder/w/.zarray: expected "zarr_format" 2, got 3', { zarr_format: 3 }],
    ['expected "shape" as a list of sizes of at least 0, got [-1]', { shape: [-1] }],
    ['expected "chunk shape" as a list of sizes of at least 1, got [0]', { chunks: [0] }],
    ["expected chunks of 1 axes, got [2,1]", { chunks: [2, 1] }],
    ['"<U4" has no counterpart in flaxen', { dtype: "<U4" }],
    ['the order "F" is not read here', { shape: [2, 2], chunks: [1, 1], order: "F" }],
    ['the filter [{"id":"delta"}] is not read here', { filters: [{ id: "delta" }] }],
    ['the compressor "blosc" is not read here', { compressor: { id: "blosc" } }],
    ['expected a separator "." or "/", got ","', { dimension_separator: "," }],
    ['expected a fill value, got "zero"', { fill_value: "zero" }],
    ["expected a fill value of I32, got 1.5", { dtype: "<i4", fill_value: 1.5 }],
    ["expected a fill value of BOOL, got 0.5", { dtype: "|b1", fill_value: 0.5 }],
    ["a fill value of C64 1 is not read here", { dtype: "<c8", fill_value: 1 }],
  ])("%s", (expected, more) => {
    expect(failure(more)).toContain(expected);
  });

  it("a chunk has 2^24 elements, or eight times the array's", () => {
    expect(failure({ chunks: [2 ** 24] })).toBe("none");
    expect(failure({ chunks: [2 ** 24 + 1] })).toContain(`expected chunks of at most ${2 ** 24} elements`);
    expect(failure({ shape: [2 ** 22], chunks: [2 ** 25] })).toBe("none");
    expect(failure({ shape: [2 ** 22], chunks: [2 ** 25 + 1] })).toContain(`expected chunks of at most ${2 ** 25} ele`);
  });

  it("an order counts from two axes on, and no filters are none", () => {
    for (const more of [{ order: "F" }, { filters: [] }, { filters: null }, { compressor: undefined }])
      expect(failure(more)).toBe("none");
  });

  it("names chunks by their places", () => {
    expect(keys({})).toEqual(["0", "7", "1.0"]);
    expect(keys({ dimension_separator: "/" })).toEqual(["0", "7", "1/0"]);
  });

  it.each<[dtype: string, value: unknown, bytes: readonly number[]]>([
    ["<f4", 3, [0, 0, 0x40, 0x40]],
    [">f4", 3, [0x40, 0x40, 0, 0]],
    ["<f4", -0, [0, 0, 0, 0x80]],
    ["<f4", "NaN", [0, 0, 0xc0, 0x7f]],
    ["<f4", "Infinity", [0, 0, 0x80, 0x7f]],
    ["<f4", "-Infinity", [0, 0, 0x80, 0xff]],
    ["<f4", null, [0, 0, 0, 0]],
    ["<f8", 1, [0, 0, 0, 0, 0, 0, 0xf0, 0x3f]],
    [">f8", 1, [0x3f, 0xf0, 0, 0, 0, 0, 0, 0]],
    ["<f2", 1, [0, 0x3c]],
    [">f2", 1, [0x3c, 0]],
    ["bfloat16", 1, [0x80, 0x3f]],
    ["<i8", -2, [0xfe, 255, 255, 255, 255, 255, 255, 255]],
    [">i8", 258, [0, 0, 0, 0, 0, 0, 1, 2]],
    ["<u8", 258, [2, 1, 0, 0, 0, 0, 0, 0]],
    ["<i4", -2, [0xfe, 255, 255, 255]],
    [">u4", 2 ** 31, [0x80, 0, 0, 0]],
    ["<i2", 258, [2, 1]],
    [">u2", 258, [1, 2]],
    ["|i1", -1, [255]],
    ["|b1", true, [1]],
    ["|b1", false, [0]],
  ])("%s has the fill value %s in its bytes", (dtype, fill_value, bytes) => {
    expect([...readZarr2({ ...META, dtype, fill_value }, PLACE).fill]).toEqual(bytes);
  });
});
