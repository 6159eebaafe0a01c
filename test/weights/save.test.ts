import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { open as openHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { nnx, NDArray, numpy as jnp } from "../../src/index.ts";
import type { DType } from "../../src/numpy.ts";
import type { Progress, WritableFormat } from "../../src/weights.ts";
import { loadInto, open, readMsgpack, readNpy, readSafetensors, save, saveParts, saveTo } from "../../src/weights.ts";
import { arrayData, DATA } from "../../src/data/index.ts";
import { compareNames } from "../../src/weights/encoded.ts";
import { encodeMsgpack } from "../../src/weights/msgpack/encode.ts";
import { crc32 } from "../../src/weights/numpy/crc32.ts";
import { encodeNpy, encodeNpz } from "../../src/weights/numpy/write.ts";
import { bytesOf, elementsOf, jsonOf } from "./golden.ts";
import { writtenFiles } from "./written.ts";

const folder = mkdtempSync(join(tmpdir(), "flaxen-save-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const golden = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), "utf8")) as T;
const hash = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const join2 = (parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const readAll = async (bytes: Uint8Array): Promise<Map<string, NDArray>> => {
  const all = new Map<string, NDArray>();
  for await (const [name, array] of await open(bytes)) all.set(name, array);
  return all;
};

describe("what is written is what the real libraries read", () => {
  it("every file has the bytes that they read back", () => {
    const { sha256 } = golden<{ sha256: Record<string, string> }>("written");
    const files = writtenFiles();
    expect([...files.keys()].sort()).toEqual(Object.keys(sha256).sort());
    for (const [name, bytes] of files) expect([name, hash(bytes)]).toEqual([name, sha256[name]]);
  });

  it("the same arrays give the bytes of the real writer of safetensors", () => {
    const { b64 } = golden<{ b64: string }>("real_safetensors");
    const bytes = new Uint8Array(Buffer.from(b64, "base64"));
    const file = readSafetensors(bytes);
    expect(file.names.length).toBeGreaterThan(50);
    expect(save(file, { metadata: file.metadata })).toEqual(bytes);
  });

  it("recorded files come back byte for byte", () => {
    const net = readSafetensors(bytesOf("safetensors/net.safetensors"));
    expect(save(net, { metadata: net.metadata })).toEqual(bytesOf("safetensors/net.safetensors"));
    for (const stem of ["net_params", "net_all", "conv"]) {
      const bytes = bytesOf(`msgpack/${stem}.msgpack`);
      expect(save(readMsgpack(bytes), { format: "msgpack" })).toEqual(bytes);
    }
    for (const stem of ["f32", "f16", "u8", "i8", "u16", "u32", "bool", "scalar", "empty", "one"]) {
      const bytes = bytesOf(`npy/${stem}.npy`);
      expect([stem, save({ x: readNpy(bytes) }, { format: "npy" })]).toEqual([stem, bytes]);
    }
  });

  it("msgpack is cut where Flax cuts it", () => {
    const bytes = bytesOf("msgpack/chunked.msgpack");
    const arrays = [...readMsgpack(bytes)].map(([name, array]) => [name, array[DATA]] as const);
    const file = encodeMsgpack(arrays, (name) => name.split("/"), 64);
    expect(file.size).toBe(bytes.length);
    expect(join2(Array.from(file.parts(), (part) => part.bytes))).toEqual(bytes);
  });
});

const DTYPES: DType[] = [
  "float32",
  "bfloat16",
  "float16",
  "int32",
  "int16",
  "int8",
  "uint32",
  "uint16",
  "uint8",
  "bool",
];

/** An array of any bits. */
const anyArray: fc.Arbitrary<NDArray> = fc
  .tuple(fc.constantFrom(...DTYPES), fc.array(fc.nat({ max: 4 }), { maxLength: 4 }), fc.infiniteStream(fc.nat(255)))
  .map(([dtype, shape, bits]) => {
    const like = jnp.zeros(shape, dtype);
    const bytes = new Uint8Array(like.nbytes);
    for (let i = 0; i < bytes.length; i++) bytes[i] = bits.next().value! % (dtype === "bool" ? 2 : 256);
    const Typed = like.data.constructor as new (buffer: ArrayBuffer) => Float32Array;
    return new NDArray(arrayData(shape, dtype, new Typed(bytes.buffer)));
  });

const key = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 6 })
  .filter((text) => !/[/.\\\0]/.test(text) && text !== "__metadata__");
const someArrays = fc.uniqueArray(fc.tuple(fc.array(key, { minLength: 1, maxLength: 3 }), anyArray), {
  maxLength: 8,
  selector: ([path]) => path[0],
});

describe("read, write, read is the identity", () => {
  it.each(["safetensors", "msgpack", "npz"] as const)("%s", async (format) => {
    await fc.assert(
      fc.asyncProperty(someArrays, async (entries) => {
        const arrays = new Map(entries.map(([path, array]) => [path.join("/"), array]));
        const bytes = save(arrays, { format });
        expect(join2(saveParts(arrays, { format }))).toEqual(bytes);
        const back = await readAll(bytes);
        expect([...back.keys()].sort()).toEqual([...arrays.keys()].sort());
        for (const [name, array] of arrays) {
          const wide = format === "npz" && array.dtype === "bfloat16" ? array.astype("float32") : array;
          const got = back.get(name)!;
          expect([name, got.dtype, ...got.shape]).toEqual([name, wide.dtype, ...wide.shape]);
          expect(elementsOf(got)).toEqual(elementsOf(wide));
        }
        if (format !== "npz") expect(save(back, { format })).toEqual(bytes);
      }),
      { numRuns: 100 },
    );
  });

  it("safetensors keeps metadata and every name", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" })),
        fc.uniqueArray(
          fc.string({ unit: "grapheme" }).filter((name) => name !== "__metadata__"),
          { maxLength: 9 },
        ),
        (metadata, names) => {
          const array = jnp.array([1]);
          const file = readSafetensors(save(new Map(names.map((name) => [name, array])), { metadata }));
          expect([...file.metadata].sort()).toEqual(Object.entries(metadata).sort());
          expect([...file.names]).toEqual([...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
        },
      ),
    );
  });

  it("equal arrays give equal files, whatever their order", () => {
    fc.assert(
      fc.property(someArrays, (entries) => {
        const arrays = entries.map(([path, array]) => [path.join("/"), array] as const);
        for (const format of ["safetensors", "npz"] as const)
          expect(save(arrays.toReversed(), { format })).toEqual(save(arrays, { format }));
      }),
      { numRuns: 30 },
    );
  });

  it("names are ordered as their UTF-8 bytes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
        const [x, y] = [Buffer.from(a), Buffer.from(b)];
        expect(Math.sign(compareNames(a, b))).toBe(Buffer.compare(x, y));
      }),
    );
  });

  it("every array of safetensors is aligned to its element", () => {
    const bytes = save(new Map(DTYPES.map((dtype) => [dtype, jnp.ones([3], dtype)])));
    for (const [name, array] of readSafetensors(bytes))
      expect([name, array.data.buffer === bytes.buffer]).toEqual([name, true]);
  });
});

const only = (name: string, { shape }: { shape: readonly number[] }): boolean => shape.length < 2 && name !== "c";

describe("what save takes", () => {
  const bytes = save({ "a.b": jnp.array([1]) });

  it("a Map, pairs, an object that nests, a file, Variables and typed arrays", () => {
    expect(save(new Map([["a.b", jnp.array([1])]]))).toEqual(bytes);
    expect(save([["a.b", new nnx.Param(jnp.array([1]))]])).toEqual(bytes);
    expect(save({ a: { b: Float32Array.of(1) } })).toEqual(bytes);
    expect(save(Object.assign(Object.create(null), { a: { b: jnp.array([1]) } }))).toEqual(bytes);
    expect(save(readSafetensors(bytes))).toEqual(bytes);
  });

  it.each([
    [null, /"weights" expected a Map or object of arrays by name, got null/],
    [jnp.ones([2]), /"weights" expected a Map/],
    [3, /"weights" expected a Map/],
    [{ step: 3 }, /"step" expected an array, such as jnp.array\(x, dtype\), got 3/],
    [{ a: { b: null } }, /"a.b" expected an array/],
    [{ a: [1, 2] }, /"a" expected an array/],
    [[["a", "b"]], /"a" expected an array/],
    [[[1, jnp.ones([2])]], /1 expected an array/],
  ] as const)("not %s", (weights, message) => {
    expect(() => save(weights as never)).toThrow(message);
    expect(() => save(weights as never)).toThrow(TypeError);
  });

  it("an array without values is told", () => {
    const abstract = nnx.evalShape(() => new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) }));
    expect(() => save({ kernel: abstract.kernel })).toThrow(/no values/);
  });

  it("no name twice, none that UTF-8 has not, none that the format keeps or forbids", () => {
    const x = jnp.array([1]);
    const twice: [string, NDArray][] = [
      ["a", x],
      ["a", x],
    ];
    expect(() => save(twice)).toThrow(/every name once, got "a" again/);
    expect(() => save({ "a.b": x, a: { b: x } })).toThrow(RangeError);
    expect(() => save({ "\ud800": x })).toThrow(RangeError);
    expect(() => save({ __metadata__: x })).toThrow(RangeError);
    expect(save({ __metadata__: x }, { format: "npz" }).length).toBeGreaterThan(0);
    for (const name of ["../x", "/etc/x", "C:/x", "a\\b", "a/../b", "\0"])
      expect(() => save({ [name]: x }, { format: "npz" })).toThrow(RangeError);
    expect(() => save({ "a.b": x, "a.b.c": x }, { format: "msgpack" })).toThrow(/another goes on/);
    expect(() => save({ "a.b.c": x, "a.b": x }, { format: "msgpack" })).toThrow(/another goes on/);
  });

  it("options that fit", () => {
    const x = { x: jnp.array([1]) };
    expect(() => save(x, { format: "pickle" as never })).toThrow(/"format" expected safetensors, msgpack/);
    expect(() => save(x, { metadata: { step: 3 } as never })).toThrow(/metadata\["step"\] expected a string/);
    expect(() => save(x, { metadata: { step: "3" }, format: "npz" })).toThrow(
      /metadata\["step"\] expected .*safetensors/,
    );
    expect(() => save(x, { metadata: { "\udc00": "" } })).toThrow(RangeError);
    expect(() => save(x, { dtype: "int32" })).toThrow(/"dtype" expected float32, bfloat16 or float16/);
    expect(() => save(x, { maxShardBytes: 0 })).toThrow(/"maxShardBytes"/);
    expect(() => save(x, { maxShardBytes: NaN })).toThrow(RangeError);
    expect(() => save(x, { maxShardBytes: 10, format: "npz" })).toThrow(/"maxShardBytes" expected .*safetensors/);
    expect(() => save({ ...x, y: x.x }, { format: "npy" })).toThrow(/expected one array for a .npy, got 2/);
  });

  it("dtype casts floats and nothing else", () => {
    const file = readSafetensors(
      save({ f: jnp.array([1.1]), h: jnp.ones([1], "float16"), i: jnp.ones([1], "int32") }, { dtype: "bfloat16" }),
    );
    expect(["f", "h", "i"].map((name) => file.info(name).dtype)).toEqual(["BF16", "BF16", "I32"]);
  });

  it("what `only` leaves out is named", () => {
    const left: string[] = [];
    const bytes = save(
      { a: jnp.ones([2]), b: jnp.ones([2, 2]), c: jnp.ones([2]) },
      { only, onLeftOut: (names) => left.push(...names) },
    );
    expect(readSafetensors(bytes).names).toEqual(["a"]);
    expect(left).toEqual(["b", "c"]);
  });
});

describe("sharded", () => {
  const arrays = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`w${i}`, jnp.full([100], i)]));

  it("no file has more than asked for, in the order given, and the index says what is where", async () => {
    const files = save(arrays, { maxShardBytes: 1000, metadata: { format: "flax" } });
    const names = [1, 2, 3, 4, 5].map((i) => `model-0000${i}-of-00005.safetensors`);
    expect([...files.keys()]).toEqual([...names, "model.safetensors.index.json"]);
    const index = JSON.parse(new TextDecoder().decode(files.get("model.safetensors.index.json"))) as {
      metadata: unknown;
      weight_map: Record<string, string>;
    };
    expect(index.metadata).toEqual({ total_size: 3600 });
    expect(index.weight_map).toEqual(
      Object.fromEntries(Object.keys(arrays).map((name, i) => [name, names[Math.floor(i / 2)]])),
    );
    const file = await open(files.get("model.safetensors.index.json")!, { files: (name) => files.get(name) });
    expect(file.metadata.get("format")).toBe("flax");
    for await (const [name, array] of file) expect([...new Set(array.data)]).toEqual([Number(name.slice(1))]);
  });

  it("an array that is larger has a file of its own; one file needs no index", () => {
    expect(save({ a: jnp.ones([2]), b: jnp.ones([100]), c: jnp.ones([2]) }, { maxShardBytes: 100 }).size).toBe(4);
    expect([...save(arrays, { maxShardBytes: 1e6 }).keys()]).toEqual(["model.safetensors"]);
    expect([...save({}, { maxShardBytes: 1e6 }).keys()]).toEqual(["model.safetensors"]);
  });

  it("parts are those of the files", () => {
    const files = save(arrays, { maxShardBytes: 1000 });
    for (const [name, parts] of saveParts(arrays, { maxShardBytes: 1000 }))
      expect([name, join2(parts)]).toEqual([name, files.get(name)]);
  });
});

describe("saveTo", () => {
  const arrays = { a: jnp.ones([1000]), b: jnp.zeros([1000]) };
  const formats: WritableFormat[] = ["safetensors", "msgpack", "npz"];

  it.each(formats)("%s to a path, a file: URL, a stream and a handle", async (format) => {
    const bytes = save(arrays, { format });
    await saveTo(join(folder, "a"), arrays, { format });
    await saveTo(pathToFileURL(join(folder, "b")), arrays, { format });
    await saveTo(pathToFileURL(join(folder, "c")).href, arrays, { format });
    const handle = await openHandle(join(folder, "d"), "w");
    await saveTo(handle, arrays, { format });
    await handle.close();
    for (const name of ["a", "b", "c", "d"]) expect(new Uint8Array(readFileSync(join(folder, name)))).toEqual(bytes);

    const parts: Uint8Array[] = [];
    let closed = false;
    const stream = (): WritableStream<Uint8Array> =>
      new WritableStream({ write: (part) => void parts.push(part.slice()), close: () => void (closed = true) });
    await saveTo(stream(), arrays, { format });
    expect([closed, join2(parts)]).toEqual([true, bytes]);
    parts.length = 0;
    await saveTo({ createWritable: async () => stream() }, arrays, { format });
    expect(join2(parts)).toEqual(bytes);
  });

  it("a folder or a function of names for shards", async () => {
    const files = save(arrays, { maxShardBytes: 4000 });
    const own = mkdtempSync(join(folder, "shards-"));
    await saveTo(own, arrays, { maxShardBytes: 4000 });
    expect(readdirSync(own).sort()).toEqual([...files.keys()].sort());
    for (const [name, bytes] of files) expect(new Uint8Array(readFileSync(join(own, name)))).toEqual(bytes);
    await saveTo((name) => join(own, `x-${name}`), arrays, { maxShardBytes: 4000 });
    expect(readdirSync(own).filter((name) => name.startsWith("x-")).length).toBe(files.size);
    await expect(saveTo(new WritableStream(), arrays, { maxShardBytes: 4000 })).rejects.toThrow(/the path of a folder/);
  });

  it("a file by path appears whole or not at all", async () => {
    const own = mkdtempSync(join(folder, "whole-"));
    const controller = new AbortController();
    const onProgress = (): void => controller.abort(new Error("enough"));
    const saving = saveTo(join(own, "x"), arrays, { signal: controller.signal, onProgress });
    await expect(saving).rejects.toThrow("enough");
    expect(readdirSync(own)).toEqual([]);
    await expect(saveTo(join(own, "none", "x"), arrays)).rejects.toThrow(/ENOENT/);
    await expect(saveTo(join(own, "x"), { a: 3 } as never)).rejects.toThrow(TypeError);
    expect(readdirSync(own)).toEqual([]);
  });

  it("a stream that fails is aborted, and the error is its own", async () => {
    let reason: unknown;
    const sink = {
      write: () => {
        throw new Error("full");
      },
      abort: (why: unknown) => void (reason = why),
    };
    await expect(saveTo(new WritableStream(sink), arrays)).rejects.toThrow("full");
    expect(reason).toBe(undefined);
    const controller = new AbortController();
    controller.abort(new Error("never"));
    await expect(saveTo(join(folder, "never"), arrays, { signal: controller.signal })).rejects.toThrow("never");
  });

  it("progress ends with everything", async () => {
    const seen: Progress[] = [];
    await saveTo(join(folder, "p"), arrays, { onProgress: (progress) => seen.push(progress) });
    const { length } = save(arrays);
    expect(seen.at(-1)).toEqual({ loaded: length, total: length, name: "b" });
  });

  it.each([undefined, null, 3, {}, []])("not to %s", async (target) => {
    await expect(saveTo(target as never, arrays)).rejects.toThrow(/^saveTo: "target" expected a path/);
  });
});

it.each([
  [0, 128],
  [13, 128],
  [14, 192],
  [34, 192],
  [35, 256],
  [36, 256],
  [63, 320],
])("the header of a .npy with %d axes of 1 has the %d bytes that NumPy 2.4 gives it", (axes, size) => {
  const shape = [0, ...Array<number>(axes).fill(1)];
  const [header, elements] = [...encodeNpy(arrayData(shape, "float32", new Float32Array(0))).parts()];
  const text = Buffer.from(header!.bytes).toString("latin1");
  expect([text.length, elements!.bytes.length]).toEqual([size, 0]);
  expect(text.slice(0, 8)).toBe("\x93NUMPY\x01\0");
  expect(Buffer.from(header!.bytes).readUInt16LE(8)).toBe(size - 10);
  const sizes = axes === 0 ? "0," : shape.join(", ");
  const dict = `{'descr': '<f4', 'fortran_order': False, 'shape': (${sizes}), }`;
  expect(text.slice(10)).toBe(`${dict.padEnd(size - 11)}\n`);
});

/** The fields of a record, little-endian, of so many bytes each. */
function fieldsOf(bytes: Uint8Array, sizes: readonly number[]): number[] {
  const buffer = Buffer.from(bytes);
  let at = 0;
  const fields = sizes.map((size) => {
    at += size;
    return size === 8 ? Number(buffer.readBigUInt64LE(at - 8)) : buffer.readUIntLE(at - size, size);
  });
  expect(bytes.length).toBe(at);
  return fields;
}

// The sizes of the fields, by APPNOTE.TXT 6.3.10: 4.3.7, 4.3.12, 4.3.14, 4.3.15, 4.3.16; a name of 5 bytes as 1 and 4.
const LOCAL = [4, 2, 2, 2, 2, 2, 4, 4, 4, 2, 2, 1, 4];
const ENTRY = [4, 2, 2, 2, 2, 2, 2, 4, 4, 4, 2, 2, 2, 2, 2, 4, 4, 1, 4];
const END64 = [4, 8, 2, 2, 4, 4, 8, 8, 8, 8];
const LOCATOR = [4, 4, 8, 4];
const END = [4, 2, 2, 2, 2, 4, 4, 2];
const NPY = 0x79706e2e;

it("a .npz of over 4 GiB has the fields of Zip64", () => {
  // Nothing is allocated: the sizes are those of the shapes, and the elements are never asked for.
  const large = arrayData([2 ** 30 + 1], "float32", new Float32Array(0));
  const small = arrayData([1], "float32", Float32Array.of(7));
  const file = encodeNpz([
    ["a", large],
    ["b", small],
  ]);
  const parts = [...file.parts()].map(({ bytes }) => bytes);
  const [localA, headerA, , localB, headerB, bytesB, entryA, entryB, end] = parts as [Uint8Array, ...Uint8Array[]];
  const [crcA, crcB] = [crc32(headerA!), crc32(bytesB!, crc32(headerB!))];
  const [sizeA, sizeB] = [headerA!.length + 2 ** 32 + 4, headerB!.length + 4];
  const [wide, a, b] = [0xffffffff, 0x61, 0x62];
  expect(fieldsOf(localA, [...LOCAL, 2, 2, 8, 8])).toEqual([
    0x04034b50,
    45,
    0,
    0,
    0,
    0x21,
    crcA,
    wide,
    wide,
    5,
    20,
    a,
    NPY,
    1,
    16,
    sizeA,
    sizeA,
  ]);
  expect(fieldsOf(localB!, LOCAL)).toEqual([0x04034b50, 20, 0, 0, 0, 0x21, crcB, sizeB, sizeB, 5, 0, b, NPY]);
  expect(fieldsOf(entryA!, [...ENTRY, 2, 2, 8, 8, 8])).toEqual([
    0x02014b50,
    45,
    45,
    0,
    0,
    0,
    0x21,
    crcA,
    wide,
    wide,
    5,
    28,
    0,
    0,
    0,
    0,
    wide,
    a,
    NPY,
    1,
    24,
    sizeA,
    sizeA,
    0,
  ]);
  const offsetB = localA.length + sizeA;
  expect(fieldsOf(entryB!, [...ENTRY, 2, 2, 8, 8, 8])).toEqual([
    0x02014b50,
    45,
    45,
    0,
    0,
    0,
    0x21,
    crcB,
    wide,
    wide,
    5,
    28,
    0,
    0,
    0,
    0,
    wide,
    b,
    NPY,
    1,
    24,
    sizeB,
    sizeB,
    offsetB,
  ]);
  const offset = offsetB + localB!.length + sizeB;
  const size = entryA!.length + entryB!.length;
  expect(fieldsOf(end!, [...END64, ...LOCATOR, ...END])).toEqual(
    [
      [0x06064b50, 44, 45, 45, 0, 0, 2, 2, size, offset],
      [0x07064b50, 0, offset + size, 1],
      [0x06054b50, 0, 0, 0xffff, 0xffff, wide, wide, 0],
    ].flat(),
  );
  expect(file.size).toBe(offset + size + end!.length);
});

it("a .npz of less has none of them, up to 65,534 arrays", () => {
  const one = arrayData([], "int8", new Int8Array(1));
  const all = Array.from({ length: 65_535 }, (_, i) => [String(i).padStart(5, "0"), one] as const);
  const [wide, plain] = [all, all.slice(1)].map((arrays) => [...encodeNpz(arrays).parts()].map(({ bytes }) => bytes));
  const directory = 65_534 * (46 + 9);
  const offset = 65_534 * (30 + 9 + 128 + 1);
  expect(fieldsOf(plain!.at(-1)!, END)).toEqual([0x06054b50, 0, 0, 65_534, 65_534, directory, offset, 0]);
  expect(wide!.at(-1)!.length).toBe(56 + 20 + 22);
});

it("recorded names are what they were", () => {
  const { arrays } = jsonOf<{ arrays: object }>("safetensors/names.json");
  expect(readSafetensors(save(readSafetensors(bytesOf("safetensors/names.safetensors")))).names.length).toBe(
    Object.keys(arrays).length,
  );
});

describe("several models by name", () => {
  const rngs = new nnx.Rngs(0);
  const [one, two] = [new nnx.Linear(2, 3, { rngs }), new nnx.BatchNorm(3, { rngs })];
  const names = ["a.bias", "a.kernel", "node.bias", "node.mean", "node.scale", "node.var"];

  it("are saved as they are loaded", async () => {
    const file = readSafetensors(save({ a: one, node: two }));
    expect([...file.names].sort()).toEqual(names);
    const copies = { a: nnx.clone(one), node: nnx.clone(two) };
    copies.a.kernel.set(jnp.zeros([2, 3]));
    expect((await loadInto(copies, file)).missing).toEqual([]);
    expect(copies.a.kernel.get().tolist()).toEqual(one.kernel.get().tolist());
    expect(await loadInto(copies.node, file, { under: "node" })).toMatchObject({ missing: [] });
  });

  it("of one name that a function has for its place too", () => {
    expect(readSafetensors(save({ node: one })).names).toEqual(["node.bias", "node.kernel"]);
  });

  it("are no states: one State takes them together", () => {
    expect(() => save({ a: nnx.state(one) } as never)).toThrow('save: "a" expected an array, such as');
    const both = new nnx.State({ a: nnx.state(one), node: nnx.state(two) });
    expect([...readSafetensors(save(both)).names].sort()).toEqual(names);
  });

  it("of lists are numbered, and what is no pair is named", () => {
    expect(readSafetensors(save([one] as never)).names).toEqual(["0.bias", "0.kernel"]);
    expect(() => save([jnp.ones([1])] as never)).toThrow(
      'save: "weights" expected pairs of names and arrays, got NDArray float32[1]',
    );
  });
});

it("keeps what is made under jit until the pieces are written", () => {
  let parts: Uint8Array[] = [];
  const f = nnx.jit((x: NDArray) => {
    const y = x.mul(2);
    parts = saveParts({ y });
    return y.add(1).sum();
  });
  for (let i = 1; i <= 5; i++) {
    f(jnp.full([4096], i));
    const first = parts;
    f(jnp.full([4096], 100));
    expect(readSafetensors(join2(first)).get("y").slice(0).item()).toBe(2 * i);
  }
});
