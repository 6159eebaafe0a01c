import { describe, expect, it } from "vitest";
import { dtypeByName, dtypeByText } from "../../src/orbax/zarr/dtype.ts";
import { bitsOf, FILE_DTYPES } from "../../src/weights/dtypes.ts";

/** The element types that NumPy has: kind, bytes, and the letter that files call them by. */
const NUMPY = [
  ...[1, 2, 4, 8].flatMap((size) => [["int", "i", size, "I"] as const, ["uint", "u", size, "U"] as const]),
  ...[2, 4, 8].map((size) => ["float", "f", size, "F"] as const),
  ...[8, 16].map((size) => ["complex", "c", size, "C"] as const),
];

describe("an element type of Zarr", () => {
  it.each(NUMPY)("%s, kind %s, of %d bytes is one of files, in both versions", (name, kind, size, letter) => {
    const dtype = `${letter}${8 * size}`;
    expect(FILE_DTYPES).toContain(dtype);
    expect(dtypeByName(`${name}${8 * size}`)).toBe(dtype);
    expect(dtypeByText(`<${kind}${size}`)).toEqual({ dtype, bigEndian: false });
    expect(dtypeByText(`>${kind}${size}`)).toEqual({ dtype, bigEndian: true });
    expect(dtypeByText(`|${kind}${size}`)).toEqual({ dtype, bigEndian: false });
    expect(dtypeByText(`=${kind}${size}`)).toBeUndefined();
  });

  it.each([
    ["bool", "BOOL"],
    ["bfloat16", "BF16"],
    ["float8_e4m3fn", "F8_E4M3"],
    ["float8_e4m3fnuz", "F8_E4M3FNUZ"],
    ["float8_e5m2", "F8_E5M2"],
    ["float8_e5m2fnuz", "F8_E5M2FNUZ"],
    ["float8_e8m0fnu", "F8_E8M0"],
  ] as const)("%s is %s by its name", (name, dtype) => {
    expect(bitsOf(dtype)).toBe(name === "bfloat16" ? 16 : 8);
    expect(dtypeByName(name)).toBe(dtype);
    expect(dtypeByText(name)).toEqual({ dtype, bigEndian: false });
  });

  it("is a boolean by its kind too, and nothing by another name", () => {
    expect(dtypeByText("|b1")).toEqual({ dtype: "BOOL", bigEndian: false });
    for (const text of ["", "<", "<f3", "<U4", "constructor", "|constructor", "float128"]) {
      expect(dtypeByName(text)).toBeUndefined();
      expect(dtypeByText(text)).toBeUndefined();
    }
  });
});
