import { deflateRawSync, inflateRawSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { numpy as jnp } from "../../src/index.ts";
import { open, readNpy, save } from "../../src/weights.ts";
import { crc32 } from "../../src/weights/numpy/crc32.ts";
import { parseLiteral } from "../../src/weights/numpy/literal.ts";
import { toRowMajor } from "../../src/weights/numpy/rowmajor.ts";
import { bytesOf, codeOf, pathOf } from "./golden.ts";

/** A .npy of version 1 with that header and data. */
function npy(header: string, data: Uint8Array = new Uint8Array(0), version = 1): Uint8Array {
  const text = new TextEncoder().encode(header);
  const start = version === 1 ? 10 : 12;
  const bytes = new Uint8Array(start + text.length + data.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  const view = new DataView(bytes.buffer);
  if (version === 1) view.setUint16(8, text.length, true);
  else view.setUint32(8, text.length, true);
  bytes.set(text, start);
  bytes.set(data, start + text.length);
  return bytes;
}

const dict = (descr: string, shape: string, order = "False"): string =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`;

describe("the header of a .npy", () => {
  const data = new Uint8Array(16);

  it.each([
    [dict("'<f4'", "(4,)"), "none"],
    [dict("'<f4'", "(4,)").replaceAll("'", '"'), "none"],
    [dict("'<f4'", "(2L, 2L)"), "none"],
    [dict("'<f4'", "(2,2)"), "none"],
    ["{'shape':(4,),'fortran_order':False,'descr':'<f4'}", "none"],
    ["{'shape':(4,),'fortran_order':False,'descr':'<f4',}   \n", "none"],
    [dict("'|u1'", "(16,)"), "none"],
    [dict("'>f4'", "(4,)"), "none"],
    [dict("'<f8'", "(2,)"), "none"],
    [dict("'<f4'", "(4,)", "True"), "none"],
    [dict("'<f4'", "()"), "Trailing"],
    [dict("'<f4'", "(5,)"), "Incomplete"],
    [dict("'<f4'", "(65536, 65536)"), "Incomplete"],
    [dict("'<f4'", "(4)"), "BadNpy"],
    [dict("'<f4'", "[4]"), "BadNpy"],
    [dict("'<f4'", "4"), "BadNpy"],
    [dict("'<f4'", "(4,,)"), "BadNpy"],
    [dict("'<f4'", "(,)"), "BadNpy"],
    [dict("'<f4'", "(4 4)"), "BadNpy"],
    [dict("'<f4'", "(None,)"), "BadShape"],
    [dict("'<f4'", "(4.0,)"), "BadShape"],
    [dict("'<f4'", "(1e1,)"), "BadShape"],
    [dict("'<f4'", "(True, 4)"), "BadShape"],
    [dict("'<f4'", "('4',)"), "BadShape"],
    [dict("'<f4'", "((4,),)"), "BadShape"],
    [dict("'<f4'", "(-4,)"), "BadShape"],
    [dict("'<f4'", "(99999999999999999999,)"), "Overflow"],
    [dict("'<f4'", "(4294967296, 4294967296)"), "Overflow"],
    [dict("'<f4'", `(${"1, ".repeat(65)})`), "LimitRank"],
    [dict("'<f4'", "(4,)", "1"), "BadNpy"],
    [dict("'<f4'", "(4,)", "None"), "BadNpy"],
    [dict("()", "(4,)"), "BadNpy"],
    [dict("('|u1',)", "(4,)"), "BadNpy"],
    [dict("None", "(4,)"), "BadNpy"],
    [dict("4", "(4,)"), "BadNpy"],
    [dict("[('a', '<f4'), ('b', '<i4')]", "(2,)"), "DtypeUnsupported"],
    [dict("'|O'", "(4,)"), "DtypeUnsupported"],
    [dict("'<c8'", "(2,)"), "DtypeUnsupported"],
    [dict("'<U2'", "(2,)"), "DtypeUnsupported"],
    [dict("'|S4'", "(4,)"), "DtypeUnsupported"],
    [dict("'<M8[ns]'", "(2,)"), "DtypeUnsupported"],
    [dict("'<m8[D]'", "(2,)"), "DtypeUnsupported"],
    [dict("'|V2'", "(8,)"), "DtypeUnsupported"],
    [dict("'<f16'", "(1,)"), "DtypeUnsupported"],
    [dict("'<f3'", "(4,)"), "DtypeUnknown"],
    [dict("'<f'", "(4,)"), "DtypeUnknown"],
    [dict("'f4'", "(4,)"), "DtypeUnknown"],
    [dict("'=f4'", "(4,)"), "DtypeUnknown"],
    [dict("'<i16'", "(1,)"), "DtypeUnknown"],
    [dict("'<b4'", "(4,)"), "DtypeUnknown"],
    [dict("''", "(4,)"), "DtypeUnknown"],
    [dict("'<\\x66\\x34'", "(4,)"), "BadNpy"],
    ["{'descr': '<f4', 'fortran_order': False, 'shape': (4,), 'shape': (4,)}", "BadNpy"],
    ["{'descr': '<f4', 'fortran_order': False, 'shape': (4,), 'x': 1}", "BadNpy"],
    ["{'descr': '<f4', 'fortran_order': False}", "BadNpy"],
    ["{}", "BadNpy"],
    ["", "BadNpy"],
    ["(4,)", "BadNpy"],
    ["{'descr': '<f4', 'fortran_order': False, 'shape': (4,)} x", "BadNpy"],
    ["{'descr': '<f4', 'fortran_order': False, 'shape': (4,)", "BadNpy"],
    ["{'descr': '<f4' 'fortran_order': False, 'shape': (4,)}", "BadNpy"],
    ["__import__('os').system('true')", "BadNpy"],
    ["{'descr': '<f4', 'fortran_order': False, 'shape': (int(4),)}", "BadNpy"],
    ["{'descr': '<f4', 'fortran_order': False, 'shape': (2 + 2,)}", "BadNpy"],
    [`{'descr': ${"[".repeat(1000)}`, "BadNpy"],
  ])("%s: %s", async (header, code) => {
    for (const version of [1, 2, 3])
      expect([version, await codeOf(() => readNpy(npy(header, data, version)))]).toEqual([version, code]);
  });

  it("a header of 4 GiB is refused before it is looked for", async () => {
    const bytes = npy(dict("'<f4'", "(4,)"), data, 2);
    new DataView(bytes.buffer).setUint32(8, 2 ** 32 - 1, true);
    expect(await codeOf(() => readNpy(bytes))).toBe("HeaderTooLarge");
  });

  it("one of 65,535 bytes is read, from a file too", async () => {
    const bytes = npy(dict("'<f4'", "(4,)").padEnd(65_535), data, 2);
    expect(readNpy(bytes).shape).toEqual([4]);
    const file = await open(bytes);
    expect((await file.get("arr_0")).shape).toEqual([4]);
    const zipped = await open(zip([{ name: "x.npy", bytes }]));
    expect((await zipped.get("x")).shape).toEqual([4]);
  });

  it("literals of Python, and nothing else", () => {
    const list = [1, "a", "b", null, true, Object.assign([2], { isTuple: true }), 3, new Map(), null];
    expect(parseLiteral(" [1, 'a', \"b\", None, True, (2,), (3), {}, 1.5, ] ")).toEqual(
      Object.assign(list, { isTuple: false }),
    );
    for (const text of ["a", "1 2", "f(1)", "[1", "1]", "{1}", "{1: }", "'a", "'\\n'", "lambda: 1", "[1,,2]", "..", ""])
      expect([text, parseLiteral(text)]).toEqual([text, undefined]);
  });
});

describe("orders of bytes and axes", () => {
  it("column-major elements of 1, 2, 4 and 8 bytes", () => {
    for (const size of [1, 2, 4, 8]) {
      const shape = [2, 3, 4];
      const bytes = Uint8Array.from({ length: 24 * size }, (_, i) => i);
      const rows = toRowMajor(bytes, shape, size);
      for (let i = 0; i < 2; i++)
        for (let j = 0; j < 3; j++)
          for (let k = 0; k < 4; k++) {
            const [from, to] = [(i + 2 * j + 6 * k) * size, ((i * 3 + j) * 4 + k) * size];
            expect(rows.slice(to, to + size)).toEqual(bytes.slice(from, from + size));
          }
    }
  });

  it("a column-major big-endian file, whose bytes stay as they are", () => {
    const values = Float32Array.of(1, 2, 3, 4, 5, 6);
    const data = new Uint8Array(24);
    values.forEach((value, i) => new DataView(data.buffer).setFloat32(4 * i, value));
    const bytes = npy(dict("'>f4'", "(2, 3)", "True"), data);
    const before = bytes.slice();
    expect(readNpy(bytes).tolist()).toEqual([
      [1, 3, 5],
      [2, 4, 6],
    ]);
    expect(readNpy(npy(dict("'>f4'", "(6,)"), data)).tolist()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(bytes).toEqual(before);
  });

  it("every prefix of a good .npy is an error", async () => {
    for (const stem of ["f32", "f32_v2", "f32_v3", "fortran3d", "big_i16", "scalar", "bool"]) {
      const bytes = bytesOf(`npy/${stem}.npy`);
      for (let end = 0; end < bytes.length; end++)
        expect([stem, end, await codeOf(() => readNpy(bytes.subarray(0, end)))]).not.toEqual([stem, end, "none"]);
    }
  });
});

it("crc32 is that of the zip format, in any pieces", () => {
  const text = new TextEncoder().encode("123456789");
  expect(crc32(text).toString(16)).toBe("cbf43926");
  for (let cut = 0; cut <= 9; cut++) expect(crc32(text.subarray(cut), crc32(text.subarray(0, cut)))).toBe(0xcbf43926);
  expect(crc32(new Uint8Array(0))).toBe(0);
});

interface Member {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly deflate?: boolean;
  readonly local?: Uint8Array;
  readonly flags?: number;
  readonly method?: number;
  readonly crc?: number;
  readonly size?: number;
  readonly packedSize?: number;
  readonly offset?: number;
  readonly extra?: Uint8Array;
}

const u16 = (...values: number[]): number[] => values.flatMap((x) => [x & 255, (x >> 8) & 255]);
const u32 = (...values: number[]): number[] =>
  values.flatMap((x) => [x & 255, (x >>> 8) & 255, (x >>> 16) & 255, x >>> 24]);

/** A zip of `members`, which say what they say. */
function zip(members: Member[], comment = "", count = members.length): Uint8Array {
  const out: number[] = [];
  const directory: number[] = [];
  for (const { name, bytes, deflate = false, local, flags = 0, extra = new Uint8Array(0), ...said } of members) {
    const data = deflate ? deflateRawSync(bytes) : bytes;
    const method = said.method ?? (deflate ? 8 : 0);
    const raw = new TextEncoder().encode(name);
    const common = [
      ...u16(20, flags, method, 0, 0x21),
      ...u32(said.crc ?? crc32(bytes), said.packedSize ?? data.length, said.size ?? bytes.length),
    ];
    const offset = said.offset ?? out.length;
    out.push(...u32(0x04034b50), ...common, ...u16((local ?? raw).length, 0), ...(local ?? raw), ...data);
    directory.push(...u32(0x02014b50), ...u16(20), ...common, ...u16(raw.length, extra.length, 0, 0, 0));
    directory.push(...u32(0, offset), ...raw, ...extra);
  }
  const end = [...u32(0x06054b50), ...u16(0, 0, count, count), ...u32(directory.length, out.length)];
  return Uint8Array.from([...out, ...directory, ...end, ...u16(comment.length), ...Buffer.from(comment, "latin1")]);
}

const ONE = save({ x: jnp.array([1, 2, 3]) }, { format: "npy" });
const errorOf = (bytes: Uint8Array): Promise<string> =>
  codeOf(async () => {
    for await (const _ of await open(bytes, { format: "npz" }));
  });
const code = (members: Member[], ...rest: [string?, number?]): Promise<string> => errorOf(zip(members, ...rest));

describe("a .npz", () => {
  it("stored and deflated members, others left out", async () => {
    const file = await open(
      zip([
        { name: "a/b.npy", bytes: ONE, deflate: true },
        { name: "readme.txt", bytes: ONE },
        { name: "ü.npy", bytes: ONE, flags: 0x800 },
      ]),
    );
    expect(file.names).toEqual(["a/b", "ü"]);
    for await (const [, array] of file) expect(array.tolist()).toEqual([1, 2, 3]);
  });

  it("an empty one has no arrays", async () => {
    expect((await open(zip([]))).names).toEqual([]);
    expect((await open(save({}, { format: "npz" }))).names).toEqual([]);
  });

  it("the end record is the last whose comment fits", async () => {
    const inner = zip([{ name: "x.npy", bytes: ONE }]);
    const comment = Buffer.from(inner.slice(-22)).toString("latin1");
    expect(await code([{ name: "x.npy", bytes: ONE }], `${comment}!`)).toBe("none");
    expect(await code([{ name: "x.npy", bytes: ONE }], "PK\x05\x06")).toBe("none");
    expect(await code([{ name: "x.npy", bytes: ONE }], "c".repeat(65_535))).toBe("none");
  });

  it.each([
    ["../x.npy"],
    ["a/../x.npy"],
    ["/etc/x.npy"],
    ["C:/x.npy"],
    ["C:\\x.npy"],
    ["a\\..\\b.npy"],
    ["a\0.npy"],
    [".."],
  ])("the name %j is rejected", async (name) => {
    expect(await code([{ name, bytes: ONE }])).toBe("PathRejected");
  });

  it("names that only look odd are not", async () => {
    for (const name of ["a..b.npy", "..a.npy", "w:0.npy", "__proto__.npy", ".npy", "a//b.npy"])
      expect([name, await code([{ name, bytes: ONE }])]).toEqual([name, "none"]);
    expect((await open(zip([{ name: "__proto__.npy", bytes: ONE }]))).names).toEqual(["__proto__"]);
  });

  it("a zip inside is not opened", async () => {
    const inner = zip([{ name: "x.npy", bytes: ONE }]);
    expect(await code([{ name: "y.npy", bytes: inner }])).toBe("BadNpy");
    expect((await open(zip([{ name: "y.npz", bytes: inner }]))).names).toEqual([]);
  });

  it.each([
    ["encrypted", { flags: 1 }, "ZipUnsupported"],
    ["method 1", { method: 1 }, "ZipUnsupported"],
    ["another name in its local header", { local: Buffer.from("y.npy") }, "ZipMismatch"],
    ["a wrong checksum", { crc: 1 }, "CrcMismatch"],
    ["a stored member of two sizes", { size: ONE.length + 1 }, "ZipMismatch"],
    ["one that is not there", { offset: 10 }, "ZipMismatch"],
    ["a long one", { packedSize: 10_000, size: 10_000 }, "ZipMismatch"],
  ])("%s: %j", async (_, change, expected) => {
    expect(await code([{ name: "x.npy", bytes: ONE, ...change }])).toBe(expected);
  });

  it.each([
    [{ flags: 1 }, "method 0 and flags 1"],
    [{ flags: 9, method: 8 }, "method 8 and flags 9"],
    [{ method: 12 }, "method 12 and flags 0"],
  ])("%j: the error says what the entry has", async (change, got) => {
    const bytes = zip([{ name: "x.npy", bytes: ONE, ...change }]);
    await expect(open(bytes, { format: "npz" })).rejects.toThrow(
      `expected method 0 or 8, not encrypted, on one disk, got ${got}`,
    );
  });

  it("members that overlap, or come twice", async () => {
    const member = { name: "x.npy", bytes: ONE };
    expect(await code([member, { ...member, name: "y.npy", offset: 0 }])).toBe("ZipOverlap");
    expect(await code([member, { ...member, name: "y.npy", offset: 20 }])).toBe("ZipOverlap");
    expect(await code([member, member])).toBe("DuplicateKey");
  });

  it("counts that are wrong", async () => {
    const member = { name: "x.npy", bytes: ONE };
    expect(await code([member], "", 2)).toBe("ZipMismatch");
    expect(await code([member], "", 0)).toBe("ZipMismatch");
    expect(await code([member, { ...member, name: "y.npy" }], "", 1)).toBe("ZipMismatch");
  });

  it("100,001 members are refused", async () => {
    const names = Array.from({ length: 100_001 }, (_, i) => `${i}`);
    const directory = names.flatMap((name) => [
      ...u32(0x02014b50),
      ...u16(20, 20, 0, 0, 0, 0x21),
      ...u32(0, 0, 0),
      ...u16(name.length, 0, 0, 0, 0),
      ...u32(0, 0),
      ...Buffer.from(name),
    ]);
    const wide = (x: number): number[] => u32(x, 0);
    const size = directory.length;
    const end64 = [...u32(0x06064b50), ...wide(44), ...u16(45, 45), ...u32(0, 0), ...wide(100_001), ...wide(100_001)];
    const bytes = Uint8Array.from(
      [
        directory,
        [...end64, ...wide(size), ...wide(0)],
        [...u32(0x07064b50, 0), ...wide(size), ...u32(1)],
        [...u32(0x06054b50), ...u16(0, 0, 0xffff, 0xffff), ...u32(0xffffffff, 0xffffffff), ...u16(0)],
      ].flat(),
    );
    expect(await codeOf(() => open(bytes, { format: "npz" }))).toBe("LimitEntries");
  });

  it("Zip64 fields of the directory", async () => {
    const extra = (...values: number[]): Uint8Array =>
      Uint8Array.from([...u16(1, 8 * values.length), ...values.flatMap((x) => u32(x, 0))]);
    const all = { size: 0xffffffff, packedSize: 0xffffffff };
    const member = { name: "x.npy", bytes: ONE };
    expect(await code([{ ...member, ...all, extra: extra(ONE.length, ONE.length) }])).toBe("none");
    expect(await code([{ ...member, ...all, offset: 0xffffffff, extra: extra(ONE.length, ONE.length, 0) }])).toBe(
      "none",
    );
    const other = [...u16(0xcafe, 2), 1, 2];
    expect(
      await code([{ ...member, ...all, extra: Uint8Array.from([...other, ...extra(ONE.length, ONE.length)]) }]),
    ).toBe("none");
    expect(await code([{ ...member, ...all, extra: extra(ONE.length) }])).toBe("ZipMismatch");
    expect(await code([{ ...member, ...all }])).not.toBe("none");
  });

  describe("of which one field is another", () => {
    const name = "x.npy";
    const plain = zip([{ name, bytes: ONE }]);
    const end = plain.length - 22;
    const entry = end - 46 - name.length;
    const wide = (x: number): number[] => u32(x, 0);
    /** With a Zip64 end record: it is at `end`, its locator at `end + 56`, the end record at `end + 76`. */
    const zip64 = Uint8Array.from([
      ...plain.subarray(0, end),
      ...u32(0x06064b50),
      ...wide(44),
      ...u16(45, 45),
      ...u32(0, 0),
      ...wide(1),
      ...wide(1),
      ...wide(end - entry),
      ...wide(entry),
      ...u32(0x07064b50, 0),
      ...wide(end),
      ...u32(1, 0x06054b50),
      ...u16(0, 0, 0xffff, 0xffff),
      ...u32(0xffffffff, 0xffffffff),
      ...u16(0),
    ]);
    it("are read as they are", async () => {
      expect(await errorOf(plain)).toBe("none");
      expect(await errorOf(zip64)).toBe("none");
      const locatorOnly = (count: number, size: number, offset: number): Uint8Array => {
        const bytes = Uint8Array.from(zip64);
        bytes.set([...u16(count, count), ...u32(size, offset)], end + 76 + 8);
        return bytes;
      };
      // Each of the three alone says that the numbers are in the Zip64 record.
      expect(await errorOf(locatorOnly(0xffff, 1, 1))).toBe("none");
      expect(await errorOf(locatorOnly(7, 0xffffffff, 1))).toBe("none");
      expect(await errorOf(locatorOnly(7, 1, 0xffffffff))).toBe("none");
      expect(await errorOf(locatorOnly(7, 1, 1))).toBe("ZipMismatch");
    });

    it.each<[what: string, bytes: Uint8Array, at: number, value: readonly number[], expected: string]>([
      ["the end's signature", plain, end, u32(0x06054b51), "NotZip"],
      ["the end's disk", plain, end + 4, u16(1), "ZipUnsupported"],
      ["the end's members on this disk", plain, end + 8, u16(2), "ZipMismatch"],
      ["the end's members", plain, end + 10, u16(2), "ZipMismatch"],
      ["the directory's size", plain, end + 12, u32(end - entry - 1), "ZipMismatch"],
      ["the directory's offset", plain, end + 16, u32(entry + 1), "ZipMismatch"],
      ["the length of the comment", plain, end + 20, u16(1), "NotZip"],
      ["the entry's signature", plain, entry, u32(0x02014b51), "ZipMismatch"],
      ["the entry's flags, encrypted", plain, entry + 8, u16(1), "ZipUnsupported"],
      ["the entry's method", plain, entry + 10, u16(9), "ZipUnsupported"],
      ["the entry's checksum", plain, entry + 16, u32(1), "CrcMismatch"],
      ["the entry's packed size", plain, entry + 20, u32(ONE.length - 1), "ZipMismatch"],
      ["the entry's size", plain, entry + 24, u32(ONE.length - 1), "ZipMismatch"],
      ["the length of the entry's name", plain, entry + 28, u16(name.length + 1), "ZipMismatch"],
      ["the length of the entry's extra field", plain, entry + 30, u16(1), "ZipMismatch"],
      ["the length of the entry's comment", plain, entry + 32, u16(1), "ZipMismatch"],
      ["the entry's disk", plain, entry + 34, u16(1), "ZipUnsupported"],
      ["the entry's offset", plain, entry + 42, u32(1), "ZipMismatch"],
      ["the member's signature", plain, 0, u32(0x04034b51), "ZipMismatch"],
      ["the member's method", plain, 8, u16(8), "ZipMismatch"],
      ["the member's name", plain, 30, [121], "ZipMismatch"],
      ["the Zip64 end's signature", zip64, end, u32(0x06064b51), "ZipMismatch"],
      ["the Zip64 end's disks", zip64, end + 16, u32(1), "ZipUnsupported"],
      ["the Zip64 end's first disk", zip64, end + 20, u32(1), "ZipUnsupported"],
      ["the Zip64 end's members", zip64, end + 32, wide(2), "ZipMismatch"],
      ["the Zip64 end's size of the directory", zip64, end + 40, wide(end - entry - 1), "ZipMismatch"],
      ["the Zip64 end's offset of the directory", zip64, end + 48, wide(entry + 1), "ZipMismatch"],
      ["the locator's signature", zip64, end + 56, u32(0x07064b51), "ZipMismatch"],
      ["the locator's offset", zip64, end + 64, wide(end + 1), "ZipMismatch"],
    ])("are refused: %s", async (_, bytes, at, value, expected) => {
      const changed = Uint8Array.from(bytes);
      changed.set(value, at);
      expect(await errorOf(changed)).toBe(expected);
    });
  });

  it("deflate that is cut, garbage, or gives more or less than announced", async () => {
    const large = save({ x: jnp.zeros([10_000]) }, { format: "npy" });
    const packed = deflateRawSync(large);
    const member = (bytes: Uint8Array): Member => ({
      name: "x.npy",
      bytes,
      method: 8,
      packedSize: bytes.length,
      size: large.length,
      crc: crc32(large),
    });
    expect(await code([member(packed)])).toBe("none");
    expect(await code([member(packed.subarray(0, -2))])).toBe("BadDeflate");
    expect(await code([member(new Uint8Array(1000).fill(0xff))])).toBe("BadDeflate");
    expect(await code([{ ...member(packed), size: large.length - 1 }])).toBe("LimitBytes");
    expect(await code([{ ...member(packed), size: 2 ** 31 }])).toBe("LimitBytes");
    expect(await code([{ ...member(packed), size: large.length + 1 }])).toMatch(/Trailing|CrcMismatch/);
    // Blocks without contents never end, and are never unpacked to more than is asked for.
    const empty = Uint8Array.from({ length: 5000 }, (_, i) => [0, 0, 0, 0xff, 0xff][i % 5]!);
    expect(await code([{ ...member(empty), crc: 0 }])).not.toBe("none");
  });

  it("a header of any length, deflated, where more comes than the first piece of it", async () => {
    for (const length of [100, 4000, 17_000, 60_000]) {
      const dict = "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }".padEnd(length - 1, " ");
      const head = Uint8Array.from(`\x93NUMPY\x01\0..${dict}\n`, (char) => char.charCodeAt(0));
      new DataView(head.buffer).setUint16(8, length, true);
      const bytes = Uint8Array.from([...head, ...new Uint8Array(Float32Array.of(1, 2, 3).buffer)]);
      const file = await open(zip([{ name: "x.npy", bytes, deflate: true }]), { format: "npz" });
      expect((await file.get("x")).tolist()).toEqual([1, 2, 3]);
    }
  });

  it("every prefix of a good .npz is an error", async () => {
    for (const stem of ["deflated", "positional", "streamed"]) {
      const bytes = bytesOf(`npz/${stem}.npz`);
      for (let end = 0; end < bytes.length; end += 13)
        expect([stem, end, await codeOf(() => open(bytes.slice(0, end), { format: "npz" }))]).not.toEqual([
          stem,
          end,
          "none",
        ]);
    }
  });

  it("where the host has no DecompressionStream, Node's own inflates", async () => {
    vi.stubGlobal("DecompressionStream", undefined);
    try {
      const file = await open(pathOf("npz/deflated.npz"));
      expect((await file.get("zeros")).size).toBe(500);
      await file.close();
      expect(await codeOf(() => open(pathOf("bad/npz/deflate_garbage.npz")))).toBe("BadDeflate");
      expect(
        await codeOf(async () => {
          for await (const _ of await open(pathOf("bad/npz/size_lies_small.npz")));
        }),
      ).toBe("LimitBytes");
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it("what is written inflates nowhere: it is stored", () => {
    const bytes = save({ x: jnp.ones([3]) }, { format: "npz" });
    expect(new DataView(bytes.buffer).getUint16(8, true)).toBe(0);
    expect(() => inflateRawSync(bytes)).toThrow();
  });
});
