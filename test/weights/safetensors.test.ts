import { describe, expect, it } from "vitest";
import { numpy as jnp } from "../../src/index.ts";
import { readSafetensors, save } from "../../src/weights.ts";
import { bytesOf, codeOf } from "./golden.ts";

/** A file with the header `json` and `body` behind it. */
function withHeader(json: string, body: Uint8Array = new Uint8Array(0)): Uint8Array {
  const header = new TextEncoder().encode(json);
  const bytes = new Uint8Array(8 + header.length + body.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  bytes.set(body, 8 + header.length);
  return bytes;
}

const entry = (dtype: string, shape: unknown, offsets: unknown): string =>
  JSON.stringify({ dtype, shape, data_offsets: offsets });
const code = (json: string, body?: Uint8Array): Promise<string> =>
  codeOf(() => [...readSafetensors(withHeader(json, body))]);

describe("the header", () => {
  it.each([
    ["{", "BadHeader"],
    ['{"a":1}', "BadEntry"],
    ['{"a"', "BadHeader"],
    ['{"a":', "BadHeader"],
    ["{a:1}", "BadHeader"],
    ["{'a':1}", "BadHeader"],
    ['{"a":1,}', "BadHeader"],
    ["{,}", "BadHeader"],
    ["[]", "BadHeader"],
    ["1", "BadHeader"],
    ['"x"', "BadHeader"],
    ["tru", "BadHeader"],
    ['{"a":01}', "BadHeader"],
    ['{"a":"\\x"}', "BadHeader"],
    ['{"a":"\n"}', "BadHeader"],
    ['{"a":"', "BadHeader"],
    ['{"a":"\\"', "BadHeader"],
    ['{"\\ud800":1}', "BadUtf8"],
    ["{}{}", "BadHeader"],
    ["{}x", "BadHeader"],
    ["\ufeff{}", "BadHeader"],
    ["{}\0", "BadHeader"],
    ["\v{}", "BadHeader"],
    ["", "BadHeader"],
    ["  ", "BadHeader"],
    ["{} \t\n\r", "none"],
    [" \t\n\r{}", "none"],
    ['{ "__metadata__" : { "a" : "b" } }', "none"],
    ['{"__metadata__":null}', "BadMetadata"],
    ['{"__metadata__":{"a":null}}', "BadMetadata"],
    ['{"__metadata__":{"a":"b","a":"c"}}', "DuplicateKey"],
    ['{"__metadata__":{},"__metadata__":{}}', "DuplicateKey"],
  ])("%j: %s", async (json, expected) => {
    expect(await code(json)).toBe(expected);
  });

  it("escaped names are what they stand for", () => {
    const file = readSafetensors(withHeader(`{"\\u0061\\n\\\\\\"\\ud83d\\ude00":${entry("F32", [0], [0, 0])}}`));
    expect(file.names).toEqual(['a\n\\"\u{1f600}']);
  });

  it("two spellings of one name are one name", async () => {
    const tensor = entry("F32", [0], [0, 0]);
    expect(await code(`{"a":${tensor},"\\u0061":${tensor}}`)).toBe("DuplicateKey");
    expect(await code(`{"a":{"dtype":"F32","dtype":"F32","shape":[0],"data_offsets":[0,0]}}`)).toBe("DuplicateKey");
  });

  it("nesting of 100,000 levels is an error, not a stack overflow", async () => {
    expect(await code(`{"a":${"[".repeat(100_000)}`)).toBe("LimitDepth");
    expect(await code(`{"a":${'{"a":'.repeat(100_000)}`)).toBe("LimitDepth");
  });

  it("a million names are refused soon", async () => {
    const tensor = entry("U8", [0], [0, 0]);
    const names = Array.from({ length: 1_000_000 }, (_, i) => `"n${i}":${tensor}`);
    const bytes = withHeader(`{${names.join(",")}}`);
    const start = performance.now();
    expect(await codeOf(() => readSafetensors(bytes))).toBe("LimitTensors");
    // 60 ms where nothing else runs (Node 20, 2026-12).
    expect(performance.now() - start).toBeLessThan(2000);
    expect(await code(`{${names.slice(0, 100_000).join(",")}}`)).toBe("none");
    expect(await code(`{"__metadata__":{},${names.slice(0, 100_000).join(",")}}`)).toBe("none");
    expect(await code(`{${names.slice(0, 100_001).join(",")}}`)).toBe("LimitTensors");
  });

  it("names, ranks and metadata have limits", async () => {
    const named = (length: number): string => `{"${"n".repeat(length)}":${entry("F32", [0], [0, 0])}}`;
    expect(await code(named(65_535))).toBe("none");
    expect(await code(named(1_000_000))).toBe("LimitName");
    expect(await code(`{"a":${entry("F32", Array(64).fill(0), [0, 0])}}`)).toBe("none");
    expect(await code(`{"a":${entry("F32", Array(1000).fill(0), [0, 0])}}`)).toBe("LimitRank");
    expect(await code(`{"__metadata__":{"a":"${"x".repeat(50_000_000)}"}}`)).toBe("Limit");
  });

  it("a length is held against the file before anything is allocated", async () => {
    for (const [length, expected] of [
      [2n ** 64n - 1n, "HeaderTooLarge"],
      [2n ** 63n, "HeaderTooLarge"],
      [2n ** 53n + 1n, "HeaderTooLarge"],
      [100_000_001n, "HeaderTooLarge"],
      [100_000_000n, "HeaderLength"],
      [3n, "HeaderLength"],
    ] as const) {
      const bytes = new Uint8Array(10);
      new DataView(bytes.buffer).setBigUint64(0, length, true);
      expect([length, await codeOf(() => readSafetensors(bytes))]).toEqual([length, expected]);
    }
  });
});

const u8Tensor = ([begin, end]: [number, number]): string => entry("U8", [end - begin], [begin, end]);

describe("the entries", () => {
  const body = new Uint8Array(16);

  it.each([
    ["F17", [2], [0, 8], "DtypeUnknown"],
    ["C128", [1], [0, 16], "DtypeUnknown"],
    ["toString", [1], [0, 16], "DtypeUnknown"],
    ["F32", [-1], [0, 16], "BadShape"],
    ["F32", [1.5], [0, 16], "BadShape"],
    ["F32", ["4"], [0, 16], "BadShape"],
    ["F32", [null], [0, 16], "BadShape"],
    ["F32", [true], [0, 16], "BadShape"],
    ["F32", [[4]], [0, 16], "BadShape"],
    ["F32", [2 ** 53], [0, 16], "Overflow"],
    ["F32", [1e308], [0, 16], "Overflow"],
    ["F32", [2 ** 32, 2 ** 32], [0, 16], "Overflow"],
    ["F32", [0, 2 ** 60], [0, 0], "Overflow"],
    ["F32", { 0: 4 }, [0, 16], "BadEntry"],
    ["F32", [4], "0,16", "BadEntry"],
    ["F32", [4], [0], "BadEntry"],
    ["F32", [4], [0, 16, 16], "BadEntry"],
    ["F32", [4], ["0", "16"], "BadOffsets"],
    ["F32", [4], ["0", 16], "BadOffsets"],
    ["F32", [4], [null, 16], "BadOffsets"],
    ["F32", [4], [16, 0], "BadOffsets"],
    ["F32", [4], [-16, 0], "BadOffsets"],
    ["F32", [4], [0.5, 16.5], "BadOffsets"],
    ["F32", [4], [0, 15.5], "BadOffsets"],
    ["F32", [4], [0, 1000], "BadOffsets"],
    ["F32", [4], [2 ** 53 + 2, 2 ** 53 + 18], "BadOffsets"],
    ["F32", [3], [0, 16], "SizeMismatch"],
    ["F32", [4], [0, 0], "SizeMismatch"],
    ["F32", [], [0, 16], "SizeMismatch"],
    ["F32", [4], [0, 16], "none"],
    ["F32", [2, 2, 1], [0, 16], "none"],
    ["F6_E2M3", [4], [0, 3], "Incomplete"],
    ["F6_E2M3", [3], [0, 3], "SizeMismatch"],
  ])("%s %j %j: %s", async (dtype, shape, offsets, expected) => {
    expect(await code(`{"a":${entry(dtype, shape, offsets)}}`, body)).toBe(expected);
  });

  it("fields of the future are left alone", async () => {
    const more = entry("F32", [4], [0, 16]).replace("{", '{"strides":[1],"more":{"a":null},');
    expect(await code(`{"a":${more}}`, body)).toBe("none");
  });

  it("tensors may stand in any order, zero-sized ones at any border", async () => {
    const tensors = {
      b: entry("F32", [2], [8, 16]),
      z: entry("F32", [0], [16, 16]),
      a: entry("U8", [8], [0, 8]),
      y: entry("F32", [0, 3], [8, 8]),
      x: entry("F32", [0], [0, 0]),
    };
    const json = Object.entries(tensors).map(([name, text]) => `"${name}":${text}`);
    expect(await code(`{${json.join(",")}}`, body)).toBe("none");
    expect(readSafetensors(withHeader(`{${json.join(",")}}`, body)).names).toEqual(["b", "z", "a", "y", "x"]);
    const inside = entry("F32", [0], [4, 4]);
    expect(await code(`{"a":${entry("F32", [4], [0, 16])},"z":${inside}}`, body)).toMatch(/Overlap|Hole/);
    expect(await code(`{"a":${entry("F32", [4], [0, 16])},"z":${entry("F32", [0], [20, 20])}}`, body)).toBe("Hole");
  });

  it("no two share bytes, and none are left over", async () => {
    const two = (a: [number, number], b: [number, number]): Promise<string> => {
      return code(`{"a":${u8Tensor(a)},"b":${u8Tensor(b)}}`, body);
    };
    expect(await two([0, 8], [8, 16])).toBe("none");
    expect(await two([8, 16], [0, 8])).toBe("none");
    expect(await two([0, 9], [8, 16])).toBe("Overlap");
    expect(await two([0, 16], [4, 8])).toBe("Overlap");
    expect(await two([0, 7], [8, 16])).toBe("Hole");
    expect(await two([1, 8], [8, 16])).toBe("Hole");
    expect(await two([0, 8], [8, 15])).toBe("Incomplete");
    expect(await code("{}", body)).toBe("Incomplete");
  });

  it.each([
    [[0, 9], [8, 16], "Overlap: expected to begin at 9, where the one before it ends, got 8"],
    [[0, 7], [8, 16], "Hole: expected to begin at 7, where the one before it ends, got 8"],
    [[1, 8], [8, 16], "Hole: expected to begin at 0, where the one before it ends, got 1"],
  ] as [[number, number], [number, number], string][])(
    "%j and %j: the error has the numbers of the header",
    (a, b, said) => {
      const bytes = withHeader(`{"a":${u8Tensor(a)},"b":${u8Tensor(b)}}`, body);
      const read = (): unknown => [...readSafetensors(bytes)];
      expect(read).toThrow(said.slice(said.indexOf("expected")));
      expect(read).toThrow(said.slice(0, said.indexOf(":")));
    },
  );

  it("10,000 names on one range are an attack", async () => {
    const tensor = entry("U8", [16], [0, 16]);
    const json = Array.from({ length: 10_000 }, (_, i) => `"w${i}":${tensor}`);
    expect(await code(`{${json.join(",")}}`, body)).toBe("Overlap");
  });

  it("a cut file is told to be cut", async () => {
    const bytes = save({ a: jnp.ones([10]), b: jnp.ones([10]) });
    for (const missing of [1, 2, 3, 4, 8, 40])
      expect([missing, await codeOf(() => readSafetensors(bytes.subarray(0, -missing)))]).toEqual([
        missing,
        "Incomplete",
      ]);
  });
});

describe("every prefix of a good file is an error", () => {
  it.each(["every_dtype", "names", "net", "unaligned", "header_odd_length", "leading_space", "empty", "only_metadata"])(
    "%s",
    async (stem) => {
      const bytes = bytesOf(`safetensors/${stem}.safetensors`);
      for (let end = 0; end < bytes.length; end++)
        expect([end, await codeOf(() => readSafetensors(bytes.subarray(0, end)))]).not.toEqual([end, "none"]);
      expect(await codeOf(() => readSafetensors(new Uint8Array([...bytes, 0])))).toBe("Incomplete");
    },
  );
});

it("names that mean something to JavaScript are names", () => {
  const names = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "a.__proto__.b", "", "a..b"];
  const file = readSafetensors(save(new Map(names.map((name, i) => [name, jnp.array([i])]))));
  for (const [i, name] of names.entries()) expect([name, ...file.get(name).data]).toEqual([name, i]);
  expect(() => file.get("valueOf")).toThrow(/TensorMissing/);
  expect(() => file.info("__defineGetter__")).toThrow(/TensorMissing/);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

it("names that end with backslashes and quotes", () => {
  const names = ["\\", "a\\", '\\"', "\\\\", '"', '\\\\"'];
  const file = readSafetensors(save(new Map(names.map((name, i) => [name, jnp.array([i])]))));
  for (const [i, name] of names.entries()) expect([name, ...file.get(name).data]).toEqual([name, i]);
});

it("names that look alike are different names", () => {
  const names = ["\u00e9", "e\u0301", "A", "a", "0", "00", "-0", "1e0"];
  const file = readSafetensors(save(new Map(names.map((name, i) => [name, jnp.array([i])]))));
  expect([...file.names].sort()).toEqual([...names].sort());
});
