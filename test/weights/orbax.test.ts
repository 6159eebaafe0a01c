import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { filesOf } from "../../scripts/fuzz-orbax.ts";
import type { WeightsFile } from "../../src/orbax/index.ts";
import { LoadError, open } from "../../src/orbax/index.ts";
import type { Recorded } from "./golden.ts";
import { FOLDER as WEIGHTS, jsonOf } from "./golden.ts";
import { expectArrays } from "./orbaxgolden.ts";

const ORBAX = `${WEIGHTS}/orbax`;
const MORE = fileURLToPath(new URL("../golden/orbax", import.meta.url));

interface Expected {
  readonly arrays: Record<string, Recorded>;
  readonly config?: unknown;
}

const FOLDERS = readdirSync(ORBAX)
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.replace(/\.json$/, ""));

/** The code of the error that opening and reading everything throws. */
async function codeOf(open: () => Promise<WeightsFile>): Promise<string> {
  try {
    for await (const _ of await open());
  } catch (error) {
    if (error instanceof LoadError) return error.code;
    throw error;
  }
  return "none";
}

/** Bigints as text, which JSON has. */
const asJson = (value: unknown): unknown => (typeof value === "bigint" ? String(value) : value);

/** A leaf of `_METADATA`. */
const leaf = (path: readonly string[]): object => ({
  key_metadata: path.map((key) => ({ key, key_type: 2 })),
  value_metadata: { value_type: "jax.Array", skip_deserialize: false },
});

/** The text of `_METADATA` with one array. */
const metadata = (path: readonly string[], more: object = {}): string =>
  JSON.stringify({ tree_metadata: { x: leaf(path) }, ...more });

const text = (value: unknown): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

/** The files of a checkpoint without OCDBT that has one array of one chunk. */
const plain = (zarray: unknown, chunk = new Uint8Array(8), more = {}): Map<string, Uint8Array> =>
  new Map([
    ["_METADATA", text(metadata(["w"], more))],
    ["w/.zarray", text(zarray)],
    ["w/0", chunk],
  ]);

/** A zstd frame of one raw block of zeros. */
const frame = (size: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 0x20, size, 1 + (size << 3), 0, 0, ...Array<number>(size).fill(0)]);

describe("orbax.open reads every array of a checkpoint to the bit", () => {
  it("there are many kinds", () => expect(FOLDERS.length).toBeGreaterThan(5));

  it.each(FOLDERS)("%s, from a folder on disk", async (name) => {
    const { arrays, config } = jsonOf<Expected>(`orbax/${name}.json`);
    const file = await open(`${ORBAX}/${name}`);
    expect([file.format, file.source.startsWith(`${ORBAX}/${name}`)]).toEqual(["orbax", true]);
    await expectArrays(file, arrays);
    expect(file.extra).toEqual(new Map(config === undefined ? [] : [["config", config]]));
    await file.close();
  });

  it.each(FOLDERS)("%s, from files by path", async (name) => {
    await expectArrays(await open(filesOf(`${ORBAX}/${name}`)), jsonOf<Expected>(`orbax/${name}.json`).arrays);
  });

  const more = JSON.parse(readFileSync(`${MORE}/expected.json`, "utf8")) as Record<
    string,
    Expected & { extra: object }
  >;
  it.each(Object.keys(more))("%s: other trees, fill values, shards, byte orders", async (name) => {
    const file = await open(`${MORE}/${name}`);
    await expectArrays(file, more[name]!.arrays);
    expect(Object.fromEntries([...file.extra].map(([key, value]) => [key, asJson(value)]))).toEqual(more[name]!.extra);
  });

  it("integers of 64 bits come as 32, or are an error that says which does not fit", async () => {
    const file = await open(`${MORE}/mixed`);
    expect((await file.get("u64")).tolist()).toEqual([7, 2 ** 32 - 1]);
    expect((await file.get("f8")).tolist()).toEqual([1, 1, 1]);
  });
});

describe("orbax.open takes", () => {
  const { arrays } = jsonOf<Expected>(`orbax/net_params.json`);

  it("a file: URL", async () => {
    await expectArrays(await open(pathToFileURL(`${ORBAX}/net_params`)), arrays);
    await expectArrays(await open(`${pathToFileURL(`${ORBAX}/net_params`).href}/`), arrays);
  });

  it("the files that a person picked with their folder", async () => {
    const picked = [...filesOf(`${ORBAX}/net_params`)].map(([path, bytes]) => {
      const file = new File([bytes as Uint8Array<ArrayBuffer>], path.replace(/^.*\//, ""));
      return Object.defineProperty(file, "webkitRelativePath", { value: `net_params/${path}` });
    });
    const file = await open(picked);
    expect(file.source).toBe("net_params");
    await expectArrays(file, arrays);
  });

  it("a function that reads, without a listing", async () => {
    const files = filesOf(`${ORBAX}/net_params`);
    await expectArrays(await open({ read: (path, begin, end) => files.get(path)?.subarray(begin, end) }), arrays);
  });

  it("a folder handle of a browser", async () => {
    await expectArrays(await open(handleOf("net_params", filesOf(`${ORBAX}/net_params`))), arrays);
  });

  it("nothing else", async () => {
    for (const source of [1, null, undefined, new Uint8Array(3)])
      await expect(open(source as never)).rejects.toThrow(/^open: "source" expected the path or address/);
  });

  it("a step and an item of a CheckpointManager's folder", async () => {
    const first = await open(`${ORBAX}/manager`, { step: 1 });
    expect((first.extra.get("config") as { step: number }).step).toBe(1);
    const last = await open(`${ORBAX}/manager`);
    expect((last.extra.get("config") as { step: number }).step).toBe(2);
    const item = await open(`${ORBAX}/manager/1`, { item: "state" });
    expect([item.names, item.extra.size]).toEqual([last.names, 0]);
    // Without a listing a step must be named.
    const files = filesOf(`${ORBAX}/manager`);
    const read = (path: string): Uint8Array | undefined => files.get(path);
    expect((await open({ read }, { step: 2 })).names).toEqual(last.names);
    await expect(open({ read })).rejects.toThrow("Steps cannot be listed here");
    await expect(open(`${ORBAX}/manager`, { step: 7 })).rejects.toThrow("expected step 7, got the steps 1, 2");
    await expect(open(`${ORBAX}/manager/1`, { item: "optimizer" })).rejects.toThrow('expected the item "optimizer"');
  });

  it("an item of any name that the step's metadata list, where there is no listing", async () => {
    const state = [...filesOf(`${ORBAX}/net_params`)];
    const metadata = new TextEncoder().encode(
      JSON.stringify({ item_handlers: { "ema.weights": "handler", "a/b": "" } }),
    );
    const files = new Map(state.map(([path, bytes]) => [`ema.weights/${path}`, bytes]));
    const asked = new Set<string>();
    const read = (path: string): Uint8Array | undefined => {
      asked.add(path);
      return files.get(path) ?? (path === "_CHECKPOINT_METADATA" ? metadata : undefined);
    };
    await expectArrays(await open({ read }), arrays);
    // A name of several folders is none of an item.
    expect([...asked].filter((path) => path.startsWith("a/b"))).toEqual([]);
    // Without a listing and without metadata no folder is searched for.
    await expect(open({ read: (path) => files.get(path) })).rejects.toThrow("Steps cannot be listed here");
  });

  it("of several items with arrays the one that is named", async () => {
    const state = [...filesOf(`${ORBAX}/net_params`)];
    const files = new Map(["a", "b"].flatMap((item) => state.map(([path, bytes]) => [`${item}/${path}`, bytes])));
    await expect(open(files)).rejects.toThrow('got "a", "b". Choose one: { item }');
    await expectArrays(await open(files, { item: "b" }), arrays);
  });
});

describe("orbax.open refuses", () => {
  interface Bad {
    readonly file: string;
    readonly format: string;
    readonly code: string;
  }
  const bad = jsonOf<Bad[]>(`bad/expected.json`).filter(({ format }) => format === "orbax");

  it("there are many", () => expect(bad.length).toBeGreaterThan(10));

  it.each(bad.map(({ file, code }) => [file, code]))("%s: %s", async (file, code) => {
    expect(await codeOf(() => open(`${WEIGHTS}/bad/${file}`))).toBe(code);
  });

  it("folders that are no checkpoint, and says what would be one", async () => {
    await expect(open(WEIGHTS)).rejects.toThrow("expected an Orbax checkpoint: a folder with _METADATA");
    await expect(open(new Map([["checkpoint", new Uint8Array(1)]]))).rejects.toThrow("use open of flaxen/weights");
    expect(await codeOf(() => open(`${WEIGHTS}/not-there`))).toBe("WrongFormat");
    expect(await codeOf(() => open(new Map([["1.orbax-checkpoint-tmp-2/_METADATA", new Uint8Array(1)]])))).toBe(
      "Uncommitted",
    );
  });

  const array = { zarr_format: 2, shape: [2], chunks: [2], dtype: "<f4", order: "C", compressor: null, fill_value: 3 };

  it.each([
    ["none", array],
    ["BadZarr", { ...array, zarr_format: 3 }],
    ["BadZarr", { ...array, shape: [-1] }],
    ["BadZarr", { ...array, shape: [1.5] }],
    ["BadZarr", { ...array, shape: "2" }],
    ["BadZarr", { ...array, chunks: [0] }],
    ["BadZarr", { ...array, chunks: [2, 1] }],
    ["BadZarr", { ...array, chunks: [2 ** 30] }],
    ["BadZarr", { ...array, dimension_separator: "," }],
    ["BadZarr", { ...array, fill_value: "zero" }],
    ["BadZarr", { ...array, dtype: "<i4", fill_value: 1.5 }],
    ["CodecUnsupported", { ...array, shape: [2, 1], chunks: [2, 1], order: "F" }],
    ["CodecUnsupported", { ...array, compressor: { id: "blosc" } }],
    ["CodecUnsupported", { ...array, filters: [{ id: "delta" }] }],
    ["DtypeUnsupported", { ...array, dtype: "<U4" }],
    ["DtypeUnsupported", { ...array, dtype: "<c8", shape: [1], chunks: [1], fill_value: null }],
    ["DtypeUnsupported", { ...array, dtype: "constructor" }],
    ["SizeMismatch", { ...array, shape: [3], chunks: [3] }],
    ["LimitEntries", { ...array, shape: [2 ** 21], chunks: [1] }],
    ["none", { ...array, shape: [2, ...Array(31).fill(1)], chunks: [2, ...Array(31).fill(1)] }],
    ["LimitRank", { ...array, shape: [2, ...Array(32).fill(1)], chunks: [2, ...Array(32).fill(1)] }],
    ["LimitRank", { ...array, shape: Array(99).fill(1), chunks: Array(99).fill(1) }],
    ["Limit", { ...array, shape: [2 ** 31], chunks: [2 ** 31] }],
    ["Overflow", { ...array, shape: [2 ** 52], chunks: [2] }],
    ["BadMetadata", "{"],
  ])("%s: Zarr 2 metadata %j", async (code, zarray) => {
    expect(await codeOf(() => open(plain(zarray)))).toBe(code);
  });

  it("chunks of zstd that are damaged or too long", async () => {
    const compressed = { ...array, compressor: { id: "zstd", level: 1 } };
    expect(await codeOf(() => open(plain(compressed, frame(8))))).toBe("none");
    expect(await codeOf(() => open(plain(compressed, frame(7))))).toBe("SizeMismatch");
    expect(await codeOf(() => open(plain(compressed, frame(9))))).toBe("LimitBytes");
    expect(await codeOf(() => open(plain(compressed, frame(8).subarray(1))))).toBe("BadZstd");
    expect(await codeOf(() => open(plain(compressed, new Uint8Array(0))))).toBe("BadZstd");
  });

  it("a lost chunk; where chunks of one value were not written it has the fill value", async () => {
    const lost = plain(array, undefined, { store_array_data_equal_to_fill_value: true });
    lost.delete("w/0");
    expect(await codeOf(() => open(lost))).toBe("Incomplete");
    const left = plain(array);
    left.delete("w/0");
    expect((await (await open(left)).get("w")).tolist()).toEqual([3, 3]);
  });

  it("an array that _METADATA names and nothing holds", async () => {
    const files = plain(array);
    files.delete("w/.zarray");
    expect(await codeOf(() => open(files))).toBe("Incomplete");
  });

  it("paths that leave the folder", async () => {
    for (const path of [["..", "..", "etc"], ["../w"], ["/etc"], ["a/../../b"], ["\\\\host"], ["c:"]]) {
      const asked: string[] = [];
      const files = new Map([["_METADATA", text(metadata(path))]]);
      const read = (name: string): Uint8Array | undefined => {
        asked.push(name);
        return files.get(name);
      };
      expect([path, await codeOf(() => open({ read }))]).toEqual([
        path,
        path.length > 1 ? "Incomplete" : "PathRejected",
      ]);
      expect(asked.filter((name) => /(^|\/)\.\.(\/|$)|^\/|[\\:]/.test(name))).toEqual([]);
    }
  });

  it("metadata of another shape", async () => {
    const bad = ["[]", "{}", '{"tree_metadata":[]}', '{"tree_metadata":{"x":1}}', '{"tree_metadata":{"x":{}}}', "null"];
    for (const json of bad) expect(await codeOf(() => open(new Map([["_METADATA", text(json)]])))).toBe("BadMetadata");
    const broken = new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]); // {"\xff":1}
    expect(await codeOf(() => open(new Map([["_METADATA", broken]])))).toBe("BadMetadata");
    const twice = { tree_metadata: { x: leaf(["a", "b"]), y: leaf(["a/b"]) } };
    expect(await codeOf(() => open(new Map([["_METADATA", text(twice)]])))).toBe("DuplicateKey");
  });

  it("names of Object.prototype are names", async () => {
    const files = new Map([
      ["_METADATA", text(metadata(["__proto__", "constructor"]))],
      ["__proto__.constructor/.zarray", text(array)],
      ["__proto__.constructor/0", new Uint8Array(8)],
    ]);
    const file = await open(files);
    expect(file.names).toEqual(["__proto__/constructor"]);
    expect((await file.get("__proto__/constructor")).tolist()).toEqual([0, 0]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe("orbax.open hears of", () => {
  it("an abort, before and while it reads", async () => {
    const reason = new Error("enough");
    await expect(open(`${ORBAX}/many`, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const later = new AbortController();
    const files = filesOf(`${ORBAX}/many`);
    const read = (path: string): Uint8Array | undefined => {
      if (path.startsWith("d/")) later.abort(reason);
      return files.get(path);
    };
    await expect(open({ read }, { signal: later.signal })).rejects.toBe(reason);
    const file = await open(`${ORBAX}/many`);
    await expect(file.get("p000", { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it("close: reading more is an error", async () => {
    const file = await open(`${ORBAX}/wide`);
    await file.close();
    await expect(file.get("w")).rejects.toThrow("Closed");
  });

  it("progress: bytes that only grow", async () => {
    const loaded: number[] = [];
    const file = await open(`${ORBAX}/wide`, { onProgress: (progress) => loaded.push(progress.loaded) });
    for await (const _ of file);
    await file.close();
    expect(loaded).toEqual(loaded.toSorted((a, b) => a - b));
    expect(loaded.at(-1)).toBeGreaterThan(50_000);
  });
});

/** A folder handle as browsers have it. */
function handleOf(name: string, files: ReadonlyMap<string, Uint8Array>): never {
  const folder = (name: string, prefix: string): object => ({
    kind: "directory",
    name,
    async getDirectoryHandle(part: string) {
      const below = `${prefix}${part}/`;
      if (![...files.keys()].some((path) => path.startsWith(below))) throw notFound();
      return folder(part, below);
    },
    async getFileHandle(part: string) {
      const bytes = files.get(prefix + part);
      if (bytes === undefined) throw notFound();
      return { getFile: async () => new Blob([bytes as Uint8Array<ArrayBuffer>]) };
    },
    async *keys() {
      const names = [...files.keys()].filter((path) => path.startsWith(prefix));
      yield* new Set(names.map((path) => path.slice(prefix.length).split("/")[0]!));
    },
  });
  return folder(name, "") as never;
}

const notFound = (): Error => Object.assign(new Error("not found"), { name: "NotFoundError" });
