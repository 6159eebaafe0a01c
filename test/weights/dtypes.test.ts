import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeTensor } from "../../src/weights/index.ts";
import type { FileDType } from "../../src/weights/index.ts";
import { bitsOf, byteLength, dtypeOf, FILE_DTYPES, reverseEach } from "../../src/weights/dtypes.ts";
import { codeOf, elementsOf, float8Table } from "./golden.ts";

const bytesOf = (data: ArrayBufferView): Uint8Array =>
  new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);

const decode = (dtype: FileDType, data: ArrayBufferView, shape?: number[]): ReturnType<typeof decodeTensor> => {
  const bytes = bytesOf(data);
  return decodeTensor(dtype, shape ?? [(bytes.length * 8) / bitsOf(dtype)], bytes, { source: "test" });
};

describe("bits are kept", () => {
  it.each(["F16", "BF16", "U16", "I16"] as const)("all 65,536 patterns of %s", (dtype) => {
    const patterns = Uint16Array.from({ length: 65_536 }, (_, i) => i);
    const array = decode(dtype, patterns);
    expect(array.dtype).toBe(dtypeOf(dtype));
    expect(bytesOf(array.data)).toEqual(bytesOf(patterns));
  });

  it("NaN payloads, signalling ones too, and subnormals of F32", () => {
    const words = Uint32Array.of(0x7fa00001, 0xffc12345, 0x7f800001, 0x00000001, 0x807fffff, 0x80000000, 0x7f800000);
    for (const offset of [0, 1, 4]) {
      const room = new Uint8Array(words.byteLength + offset);
      room.set(bytesOf(words), offset);
      expect(bytesOf(decode("F32", room.subarray(offset)).data)).toEqual(bytesOf(words));
    }
  });

  it("aligned bytes are viewed, others are copied", () => {
    const room = new Uint8Array(16);
    expect(decode("F32", room.subarray(4, 12)).data.buffer).toBe(room.buffer);
    expect(decode("BF16", room.subarray(2, 12)).data.buffer).toBe(room.buffer);
    expect(decode("U8", room.subarray(3, 12)).data.buffer).toBe(room.buffer);
    expect(decode("F32", room.subarray(2, 10)).data.buffer).not.toBe(room.buffer);
  });
});

describe("what becomes another type", () => {
  it("F64 is rounded once, to nearest even, and overflows to infinity", () => {
    const values = [0.1, 1 + 2 ** -24, 1 + 3 * 2 ** -24, 3.5e38, -3.5e38, 2 ** -150, 2 ** -149, NaN, -0];
    const array = decode("F64", Float64Array.from(values));
    expect([array.dtype, ...array.data]).toEqual(["float32", ...values.map(Math.fround)]);
  });

  it("I64 and U64 that fit", () => {
    const signed = decode("I64", BigInt64Array.of(0n, -1n, 2n ** 31n - 1n, -(2n ** 31n)));
    expect([signed.dtype, ...signed.data]).toEqual(["int32", 0, -1, 2 ** 31 - 1, -(2 ** 31)]);
    const unsigned = decode("U64", BigUint64Array.of(0n, 2n ** 32n - 1n));
    expect([unsigned.dtype, ...unsigned.data]).toEqual(["uint32", 0, 2 ** 32 - 1]);
  });

  it.each([
    ["I64", 2n ** 31n],
    ["I64", -(2n ** 31n) - 1n],
    ["I64", 2n ** 63n - 1n],
    ["I64", 2n ** 32n],
    ["I64", -(2n ** 63n)],
    ["U64", 2n ** 32n],
    ["U64", 2n ** 64n - 1n],
  ] as const)("a %s of %s is an error that names it", (dtype, value) => {
    const data = dtype === "I64" ? BigInt64Array.of(1n, value) : BigUint64Array.of(1n, value);
    const place = { source: "file", tensor: "n" };
    const read = (): unknown => decodeTensor(dtype, [2], bytesOf(data), place);
    expect(read).toThrow(`got ${value} at 1`);
    expect(read).toThrow('file, tensor "n"');
    expect(read).toThrow(expect.objectContaining({ code: "DtypeRange" }));
  });

  it.each([
    ["F8_E4M3", "float8_e4m3fn"],
    ["F8_E5M2", "float8_e5m2"],
    ["F8_E8M0", "float8_e8m0fnu"],
    ["F8_E4M3FNUZ", "float8_e4m3fnuz"],
    ["F8_E5M2FNUZ", "float8_e5m2fnuz"],
  ] as const)("all 256 of %s are ml_dtypes' %s", (dtype, name) => {
    const array = decode(
      dtype,
      Uint8Array.from({ length: 256 }, (_, i) => i),
    );
    expect([...array.data]).toEqual([...float8Table(name)]);
    expect([...array.data].map((x) => Object.is(x, -0))).toEqual([...float8Table(name)].map((x) => Object.is(x, -0)));
  });

  it("a BOOL is 0 or 1", async () => {
    expect([...decode("BOOL", Uint8Array.of(0, 1)).data]).toEqual([0, 1]);
    expect(await codeOf(() => decode("BOOL", Uint8Array.of(0, 2)))).toBe("BadValue");
  });

  it.each(["F4", "F6_E2M3", "F6_E3M2", "C64", "C128"] as const)("%s is listed and not read", async (dtype) => {
    expect(await codeOf(() => decode(dtype, new Uint8Array(48)))).toBe("DtypeUnsupported");
  });
});

describe("sizes", () => {
  it("every element type has a number of bits, and becomes what is documented", () => {
    expect(Object.fromEntries(FILE_DTYPES.map((dtype) => [dtype, [bitsOf(dtype), dtypeOf(dtype)]]))).toEqual({
      BOOL: [8, "bool"],
      F4: [4, null],
      F6_E2M3: [6, null],
      F6_E3M2: [6, null],
      U8: [8, "uint8"],
      I8: [8, "int8"],
      F8_E5M2: [8, "float32"],
      F8_E4M3: [8, "float32"],
      F8_E8M0: [8, "float32"],
      F8_E4M3FNUZ: [8, "float32"],
      F8_E5M2FNUZ: [8, "float32"],
      I16: [16, "int16"],
      U16: [16, "uint16"],
      F16: [16, "float16"],
      BF16: [16, "bfloat16"],
      I32: [32, "int32"],
      U32: [32, "uint32"],
      F32: [32, "float32"],
      C64: [64, null],
      F64: [64, "float32"],
      I64: [64, "int32"],
      U64: [64, "uint32"],
      C128: [128, null],
    });
  });

  it("are counted without overflow", async () => {
    const place = { source: "file" };
    expect(byteLength("F32", [3, 4], place)).toBe(48);
    expect(byteLength("F32", [], place)).toBe(4);
    expect(byteLength("F4", [2], place)).toBe(1);
    expect(await codeOf(() => byteLength("F4", [3], place))).toBe("SizeMismatch");
    expect(await codeOf(() => byteLength("F32", [2 ** 32, 2 ** 32], place))).toBe("Overflow");
    expect(await codeOf(() => byteLength("F64", [2 ** 50], place))).toBe("Overflow");
    expect(await codeOf(() => byteLength("U8", [2 ** 40, 2 ** 40, 0], place))).toBe("Overflow");
    expect(byteLength("U8", [0, 2 ** 50], place)).toBe(0);
  });

  it("a wrong number of bytes is an error", async () => {
    expect(await codeOf(() => decode("F32", new Uint8Array(7), [2]))).toBe("SizeMismatch");
  });

  it("reversing twice is the identity", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.constantFrom(1, 2, 4, 8), (bytes, size) => {
        const whole = bytes.slice(0, bytes.length - (bytes.length % size));
        const once = reverseEach(whole.slice(), size);
        for (let i = 0; i < whole.length; i += size)
          expect([...once.subarray(i, i + size)]).toEqual([...whole.subarray(i, i + size)].toReversed());
        expect(reverseEach(once, size)).toEqual(whole);
      }),
    );
  });
});

it("elementsOf is what the array has", () => {
  expect(elementsOf(decode("I16", Int16Array.of(-2, 3)))).toEqual(bytesOf(Int16Array.of(-2, 3)));
});
