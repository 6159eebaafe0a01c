import { describe, expect, it } from "vitest";
import { numpy as jnp } from "../../src/index.ts";
import { open, readMsgpack, save } from "../../src/weights.ts";
import { bytesOf, codeOf } from "./golden.ts";

const bytes = (...parts: (string | number)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part, "latin1")] : part)));

const code = (...parts: (string | number)[]): Promise<string> => codeOf(() => [...readMsgpack(bytes(...parts))]);
const leaf = (...parts: (string | number)[]): unknown => readMsgpack(bytes(0x81, 0xa1, "x", ...parts)).extra.get("x");

describe("every type of msgpack", () => {
  it.each([
    [[0x00], 0],
    [[0x7f], 127],
    [[0xe0], -32],
    [[0xff], -1],
    [[0xc0], null],
    [[0xc2], false],
    [[0xc3], true],
    [[0xcc, 0xff], 255],
    [[0xcd, 0xff, 0xfe], 65_534],
    [[0xce, 0xff, 0xff, 0xff, 0xff], 2 ** 32 - 1],
    [[0xcf, 0, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 2 ** 53 - 1],
    [[0xcf, 0, 0x20, 0, 0, 0, 0, 0, 1], 2n ** 53n + 1n],
    [[0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 2n ** 64n - 1n],
    [[0xd0, 0x80], -128],
    [[0xd1, 0x80, 0], -32_768],
    [[0xd2, 0x80, 0, 0, 0], -(2 ** 31)],
    [[0xd3, 0x80, 0, 0, 0, 0, 0, 0, 0], -(2n ** 63n)],
    [[0xd3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe], -2],
    [[0xca, 0x3f, 0x80, 0, 0], 1],
    [[0xcb, 0x3f, 0xb9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a], 0.1],
    [[0xa2, "hi"], "hi"],
    [[0xd9, 2, "hi"], "hi"],
    [[0xda, 0, 2, "hi"], "hi"],
    [[0xdb, 0, 0, 0, 2, "hi"], "hi"],
    [[0xa2, 0xc3, 0xa9], "é"],
    [[0xc4, 2, 1, 2], Uint8Array.of(1, 2)],
    [[0xc5, 0, 2, 1, 2], Uint8Array.of(1, 2)],
    [[0xc6, 0, 0, 0, 2, 1, 2], Uint8Array.of(1, 2)],
    [
      [0x92, 1, 2],
      [1, 2],
    ],
    [
      [0xdc, 0, 2, 1, 2],
      [1, 2],
    ],
    [
      [0xdd, 0, 0, 0, 2, 1, 2],
      [1, 2],
    ],
    [[0x91, 0x91, 1], [[1]]],
    [[0x80], new Map()],
  ])("%j", (parts, value) => {
    expect(leaf(...parts)).toEqual(value);
  });

  it("maps of 16 and 32 bits", () => {
    expect(readMsgpack(bytes(0xde, 0, 1, 0xa1, "a", 1)).extra).toEqual(new Map([["a", 1]]));
    expect(readMsgpack(bytes(0xdf, 0, 0, 0, 1, 0xa1, "a", 1)).extra).toEqual(new Map([["a", 1]]));
  });

  it("extensions of every length", () => {
    const array = [0x93, 0x90, 0xa4, "bool", 0xc4, 1, 1];
    for (const head of [
      [0xc7, 10],
      [0xc8, 0, 10],
      [0xc9, 0, 0, 0, 10],
    ]) {
      const file = readMsgpack(bytes(0x81, 0xa1, "x", ...head, 1, ...array));
      expect(file.get("x").tolist()).toBe(true);
    }
    // A fixed length.
    const uint16 = [0x93, 0x91, 0xcd, 0, 1, 0xa6, "uint16", 0xc4, 2, 7, 0];
    expect(bytes(...uint16).length).toBe(16);
    expect(
      readMsgpack(bytes(0x81, 0xa1, "x", 0xd8, 1, ...uint16))
        .get("x")
        .tolist(),
    ).toEqual([7]);
  });
});

describe("trees", () => {
  it("integer keys are texts; lists with arrays are maps of their indices", () => {
    const array = [0xc7, 10, 1, 0x93, 0x90, 0xa4, "bool", 0xc4, 1, 1];
    expect(readMsgpack(bytes(0x82, 5, ...array, 0xff, ...array)).names).toEqual(["5", "-1"]);
    const file = readMsgpack(bytes(0x81, 0xa1, "a", 0x92, ...array, 0x81, 0xa1, "b", 2));
    expect(file.names).toEqual(["a/0"]);
    expect([...file.extra]).toEqual([["a/1/b", 2]]);
  });

  it("an array alone has the name of nothing", async () => {
    const array = bytes(0xc7, 10, 1, 0x93, 0x90, 0xa4, "bool", 0xc4, 1, 1);
    expect(readMsgpack(array).names).toEqual([""]);
    const file = await open(array, { format: "msgpack" });
    expect((await file.get("")).tolist()).toBe(true);
  });

  it("a key with a slash that is another path is an error", async () => {
    expect(await code(0x82, 0xa3, "a/b", 1, 0xa1, "a", 0x81, 0xa1, "b", 2)).toBe("PathConflict");
    expect(readMsgpack(bytes(0x81, 0xa3, "a/b", 1)).extra).toEqual(new Map([["a/b", 1]]));
  });

  it("names that mean something to JavaScript are names", () => {
    const names = ["__proto__", "constructor", "toString", "0"];
    const file = readMsgpack(save(new Map(names.map((name, i) => [name, jnp.array([i])])), { format: "msgpack" }));
    for (const [i, name] of names.entries()) expect(file.get(name).tolist()).toEqual([i]);
  });
});

const arrayOf = (shape: (string | number)[], dtype: string, ...data: number[]): (string | number)[] => {
  const inner = bytes(0x93, 0x91, ...shape, 0xa0 | dtype.length, dtype, 0xc4, data.length, ...data);
  return [0x81, 0xa1, "w", 0xc7, inner.length, 1, ...inner];
};

describe("what is damaged or too much", () => {
  it.each([
    [arrayOf([2], "uint8", 1, 2), "none"],
    [arrayOf([3], "uint8", 1, 2), "SizeMismatch"],
    [arrayOf([0xff], "uint8", 1), "BadShape"],
    [arrayOf([0xc0], "uint8", 1), "BadShape"],
    [arrayOf([0xa1, "2"], "uint8", 1, 2), "BadShape"],
    [arrayOf([1], "float7", 1), "DtypeUnsupported"],
    [arrayOf([1], "quaternion", 1), "DtypeUnknown"],
    [arrayOf([1], "F32", 1, 2, 3, 4), "DtypeUnknown"],
    [arrayOf([1], "complex128", ...Array<number>(16).fill(0)), "DtypeUnsupported"],
    [arrayOf([1], "object", 1), "DtypeUnsupported"],
    [arrayOf([1], "str32", 1), "DtypeUnsupported"],
    [arrayOf([1], "datetime64[ns]", 1), "DtypeUnsupported"],
    [arrayOf([1], "bool", 2), "BadValue"],
    [[0x81, 0xa1, "w", 0xc7, 0, 1], "BadExt"],
    [[0x81, 0xa1, "w", 0xc7, 3, 1, 0x93, 0x90, 0xa4], "BadExt"],
    [[0x81, 0xa1, "w", 0xc7, 1, 1, 0x92], "BadExt"],
    [[0x81, 0xa1, "w", 0xd4, 5, 0], "BadExt"],
    [[0x81, 0xa1, "w", 0xc9, 0xff, 0xff, 0xff, 0xff, 1], "Truncated"],
    [[0x81, 0xa1, "w", 0xc6, 0xff, 0xff, 0xff, 0xff], "Truncated"],
    [[0x81, 0xa1, "w", 0xdb, 0xff, 0xff, 0xff, 0xff], "Truncated"],
    [[0xdf, 0xff, 0xff, 0xff, 0xff], "Truncated"],
    [[0xdd, 0xff, 0xff, 0xff, 0xff], "Truncated"],
    [[0x81, 0xc2, 1], "BadKey"],
    [[0x81, 0xc4, 1, 1, 1], "BadKey"],
    [[0x81, 0x80, 1], "BadKey"],
    [[0x82, 0xa1, "a", 1, 0xa1, "a", 1], "DuplicateKey"],
    [[0x82, 1, 1, 0xcc, 1, 1], "DuplicateKey"],
    [[0x81, 0xa1, 0xff, 1], "BadUtf8"],
    [[0x80, 0x80], "Trailing"],
    [[0xc1], "BadType"],
    [[], "Truncated"],
  ])("%j: %s", async (parts, expected) => {
    expect(await code(...(parts as (string | number)[]))).toBe(expected);
  });

  it("an array inside an array is none", async () => {
    const inner = bytes(0x93, 0xc7, 1, 1, 0x90, 0xa4, "bool", 0xc4, 1, 1);
    expect(await code(0x81, 0xa1, "w", 0xc7, inner.length, 1, ...inner)).toBe("BadExt");
  });

  it("nesting of 100,000 levels is an error, not a stack overflow", async () => {
    const deep = new Uint8Array(100_000).fill(0x91);
    expect(await codeOf(() => readMsgpack(deep))).toBe("LimitDepth");
    const maps = Uint8Array.from({ length: 150_000 }, (_, i) => [0x81, 0xa1, 0x61][i % 3]!);
    expect(await codeOf(() => readMsgpack(maps))).toBe("LimitDepth");
    const shape = bytes(0x81, 0xa1, "w", 0xc8, 0x80, 0, 1, 0x93, ...Array<number>(0x7fff).fill(0x91));
    expect(await codeOf(() => readMsgpack(shape))).toBe("LimitDepth");
    const fine = bytes(...Array<number>(999).fill(0x91), 1);
    expect(readMsgpack(fine).extra.size).toBe(1);
  });

  it("a million small maps are refused", async () => {
    const many = new Uint8Array(1_200_005).fill(0x80);
    many.set([0xdd, 0, 0x12, 0x4f, 0x80]);
    expect(await codeOf(() => readMsgpack(many))).toBe("LimitEntries");
  });

  it("the error says where: the path and the byte", async () => {
    const file = bytes(0x81, 0xa1, "a", 0x81, 0xa1, "b", 0xc1);
    expect(() => readMsgpack(file, { source: "x.msgpack" })).toThrow(/^BadType: x.msgpack, tensor "a\/b", byte 7/);
  });
});

describe("every prefix of a good file is an error", () => {
  it.each(["net_params", "net_params_intkeys", "net_all", "conv", "every_dtype", "scalars", "chunked"])(
    "%s",
    async (stem) => {
      const whole = bytesOf(`msgpack/${stem}.msgpack`);
      for (let end = 0; end < whole.length; end++)
        expect([end, await codeOf(() => readMsgpack(whole.subarray(0, end)))]).not.toEqual([end, "none"]);
    },
  );

  it("also of one that is opened", async () => {
    const whole = bytesOf("msgpack/net_params.msgpack");
    for (let end = 0; end < whole.length; end += 7)
      expect(await codeOf(() => open(whole.slice(0, end), { format: "msgpack" }))).not.toBe("none");
  });
});

it("a file larger than the window is looked through in pieces, past its arrays", async () => {
  const arrays = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`w${i}`, jnp.full([30_000], i)]));
  const whole = save(arrays, { format: "msgpack" });
  let read = 0;
  const blob = new Blob([whole as Uint8Array<ArrayBuffer>]);
  const counted = {
    size: blob.size,
    slice: (begin: number, end: number) => {
      read += end - begin;
      return blob.slice(begin, end);
    },
    arrayBuffer: () => blob.arrayBuffer(),
  };
  const file = await open(counted);
  expect(read).toBeLessThan(whole.length);
  for await (const [name, array] of file) expect([...new Set(array.data)]).toEqual([Number(name.slice(1))]);
});
