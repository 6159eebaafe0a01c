import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { open as openHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { numpy as jnp } from "../../src/index.ts";
import type { Progress, Source } from "../../src/weights.ts";
import { open, readSafetensors, save } from "../../src/weights.ts";
import { codeOf } from "./golden.ts";

const folder = mkdtempSync(join(tmpdir(), "flaxen-weights-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BYTES = save({ a: jnp.array([1, 2, 3]), large: jnp.full([50_000], 7) }, { metadata: { by: "test" } });
const path = join(folder, "a b#1.safetensors");
writeFileSync(path, BYTES);

const buffer = (bytes: Uint8Array): ArrayBuffer => bytes.slice().buffer as ArrayBuffer;

describe("open takes", () => {
  const shared = new SharedArrayBuffer(BYTES.length);
  new Uint8Array(shared).set(BYTES);
  const padded = new Uint8Array(BYTES.length + 9);
  padded.set(BYTES, 3);
  const sources: Record<string, () => Source> = {
    "a path": () => path,
    "a file: URL as text": () => pathToFileURL(path).href,
    "a file: URL": () => pathToFileURL(path),
    bytes: () => BYTES,
    "a Buffer": () => Buffer.from(BYTES),
    "an ArrayBuffer": () => buffer(BYTES),
    "a SharedArrayBuffer": () => shared,
    "a DataView": () => new DataView(padded.buffer, 3, BYTES.length),
    "bytes at an odd place": () => padded.subarray(3, 3 + BYTES.length),
    "a Blob": () => new Blob([buffer(BYTES)]),
    "a File": () => new File([buffer(BYTES)], "model.safetensors"),
    "a Response": () => new Response(buffer(BYTES)),
    "a browser's file handle": () => ({ kind: "file", getFile: async () => new File([buffer(BYTES)], "m") }),
    "a blob: URL": () => URL.createObjectURL(new Blob([buffer(BYTES)])),
    "a data: URL": () => `data:application/octet-stream;base64,${Buffer.from(BYTES).toString("base64")}`,
  };

  it.each(Object.entries(sources))("%s", async (_, source) => {
    const file = await open(source());
    expect(file.names).toEqual(["a", "large"]);
    expect(file.metadata.get("by")).toBe("test");
    expect((await file.get("a")).tolist()).toEqual([1, 2, 3]);
    expect([...new Set((await file.get("large")).data)]).toEqual([7]);
    await file.close();
  });

  it("an open FileHandle, which stays open", async () => {
    const handle = await openHandle(path);
    const file = await open(handle);
    expect([...new Set((await file.get("large")).data)]).toEqual([7]);
    await file.close();
    expect((await handle.stat()).size).toBe(BYTES.length);
    await handle.close();
  });

  it("the folder of a model", async () => {
    const own = join(folder, "model");
    mkdirSync(own);
    writeFileSync(join(own, "model.safetensors"), BYTES);
    const single = await open(own);
    expect(single.names).toEqual(["a", "large"]);
    await single.close();
    for (const [name, bytes] of save({ a: jnp.ones([2]), b: jnp.zeros([2]) }, { maxShardBytes: 8 }))
      writeFileSync(join(own, name), bytes);
    // The index is first.
    const file = await open(pathToFileURL(own));
    expect(file.names).toEqual(["a", "b"]);
    expect((await file.get("b")).tolist()).toEqual([0, 0]);
    await file.close();
  });

  it.each([undefined, null, 3, {}, [1], true, Symbol("x"), () => {}])("not %s", async (source) => {
    await expect(open(source as never)).rejects.toThrow(/^open: "source" expected a path, URL, bytes/);
    await expect(open(source as never)).rejects.toThrow(TypeError);
  });

  it("not a Response that was read", async () => {
    const response = new Response(buffer(BYTES));
    await response.arrayBuffer();
    await expect(open(response)).rejects.toThrow(TypeError);
  });

  it("an unknown format is a RangeError that lists them", async () => {
    await expect(open(BYTES, { format: "pickle" as never })).rejects.toThrow(/"format" expected safetensors, sharded/);
  });
});

describe("what cannot be had", () => {
  it("a file that is not there", async () => {
    const error = await open(join(folder, "none.safetensors")).catch((error: unknown) => error);
    expect(error).toMatchObject({ code: "Fetch", source: join(folder, "none.safetensors") });
    expect(String(error)).toContain("ENOENT");
  });

  it("a folder without a model, and one that is an Orbax checkpoint", async () => {
    const own = join(folder, "empty");
    mkdirSync(own);
    expect(await codeOf(() => open(own))).toBe("WrongFormat");
    writeFileSync(join(own, "_METADATA"), "{}");
    await expect(open(own)).rejects.toThrow(/flaxen\/orbax/);
  });

  it("a file that became shorter while it was read", async () => {
    const own = join(folder, "shrinks.safetensors");
    writeFileSync(own, BYTES);
    const file = await open(own);
    truncateSync(own, 100_000);
    expect(await codeOf(() => file.get("large"))).toBe("StateChanged");
    await file.close();
  });

  it("shards of bytes, unless their files are given", async () => {
    const files = save({ a: jnp.ones([2]), b: jnp.zeros([2]) }, { maxShardBytes: 8 });
    const index = files.get("model.safetensors.index.json")!;
    await expect(open(index)).rejects.toThrow(/model-00001-of-00002.safetensors by the option "files"/);
    const file = await open(index, { files: (name) => files.get(name) });
    expect((await file.get("b")).tolist()).toEqual([0, 0]);
    await file.close();
  });

  it("an array that the file has not: its names are told", async () => {
    const file = await open(BYTES);
    await expect(file.get("b")).rejects.toThrow(/TensorMissing: bytes, tensor "b": .*2 names: a, large/);
    expect(() => file.info("b")).toThrow(/TensorMissing/);
    const all = async (): Promise<unknown> => file.read(["a", "b"]).next();
    expect(await codeOf(all)).toBe("TensorMissing");
  });

  it("anything after closing", async () => {
    const file = await open(path);
    await file.close();
    await file.close();
    expect(await codeOf(() => file.get("a"))).toBe("Closed");
    expect(file.names).toEqual(["a", "large"]);
  });
});

describe("bytes in memory", () => {
  it("what open read does not change with them, nor does the file read what changes between", async () => {
    const bytes = BYTES.slice();
    const file = await open(bytes);
    const reading = file.get("large");
    bytes.fill(0);
    expect([...new Set((await reading).data)]).toEqual([7]);
  });

  it("a buffer that is transferred is told", async () => {
    const bytes = BYTES.slice();
    const file = await open(bytes);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    expect(await codeOf(() => file.get("large"))).toBe("StateChanged");
  });

  it("are shared where that is asked for, and by the synchronous reader unless copies are", async () => {
    const bytes = BYTES.slice();
    const file = await open(bytes, { copy: false });
    expect((await file.get("large")).data.buffer).toBe(bytes.buffer);
    expect(readSafetensors(bytes).get("large").data.buffer).toBe(bytes.buffer);
    expect(readSafetensors(bytes, { copy: true }).get("large").data.buffer).not.toBe(bytes.buffer);
  });
});

describe("reading", () => {
  it("64 arrays at once from a file", async () => {
    const names = Array.from({ length: 64 }, (_, i) => `w${i}`);
    const own = join(folder, "many.safetensors");
    writeFileSync(own, save(new Map(names.map((name, i) => [name, jnp.full([5000], i)]))));
    const file = await open(own);
    const arrays = await Promise.all(names.map((name) => file.get(name)));
    arrays.forEach((array, i) => expect([...new Set(array.data)]).toEqual([i]));
    await file.close();
  });

  it("some arrays, in the order that is asked for, cast", async () => {
    const file = await open(path);
    const seen: string[] = [];
    for await (const [name, array] of file.read(["large", "a"], { dtype: "bfloat16" })) seen.push(name + array.dtype);
    expect(seen).toEqual(["largebfloat16", "abfloat16"]);
    await file.close();
  });

  it("stopped early, it leaves nothing behind", async () => {
    const file = await open(path);
    for await (const [name] of file) {
      expect(name).toBe("a");
      break;
    }
    await file.close();
  });

  it("rejectNonFinite makes an infinity or NaN an error", async () => {
    for (const [value, dtype] of [
      [Infinity, "float32"],
      [NaN, "bfloat16"],
      [-Infinity, "float16"],
    ] as const) {
      const bytes = save({ x: jnp.array([1, value]).astype(dtype), i: jnp.array([1, 2]).astype("int32") });
      const file = await open(bytes, { rejectNonFinite: true });
      expect(await codeOf(() => file.get("x"))).toBe("BadValue");
      expect((await file.get("i")).tolist()).toEqual([1, 2]);
      expect(await codeOf(() => readSafetensors(bytes, { rejectNonFinite: true }).get("x"))).toBe("BadValue");
      expect(Object.is(readSafetensors(bytes).get("x").astype("float32").data[1], value)).toBe(true);
    }
  });

  it("progress of a file ends with all of its bytes", async () => {
    const seen: Progress[] = [];
    const file = await open(path, { onProgress: (progress) => seen.push(progress) });
    for await (const _ of file);
    await file.close();
    expect(seen.at(-1)).toEqual({ loaded: BYTES.length, total: BYTES.length, name: "large" });
  });

  it("what came with the header and is read again is counted once", async () => {
    const own = join(folder, "counted.safetensors");
    const bytes = save({ a: jnp.zeros([100_000]), b: jnp.zeros([100_000]), c: jnp.zeros([100_000]) });
    writeFileSync(own, bytes);
    const seen: Progress[] = [];
    const file = await open(own, { onProgress: (progress) => seen.push(progress) });
    await file.get("a");
    await file.get("b");
    await file.close();
    expect(seen.at(-1)).toEqual({ loaded: bytes.length - 400_000, total: bytes.length, name: "b" });
  });

  it("a sha256 of a file, in either case of letters", async () => {
    const sha256 = createHash("sha256").update(BYTES).digest("hex");
    for (const source of [path, BYTES, new Blob([buffer(BYTES)])]) {
      const file = await open(source, { sha256: sha256.toUpperCase() });
      expect((await file.get("a")).tolist()).toEqual([1, 2, 3]);
      await file.close();
      expect(await codeOf(() => open(source, { sha256: sha256.replace(/./, "z").replace("z", "0") }))).toMatch(
        sha256.startsWith("0") ? "none" : "Checksum",
      );
    }
  });

  it("the web's sha256 says the same where there is no Node", async () => {
    const sha256 = createHash("sha256").update(BYTES).digest("hex");
    const { process } = globalThis;
    try {
      // The test runner goes on to use the rest of it.
      globalThis.process = Object.create(process, { versions: { value: {} } }) as NodeJS.Process;
      expect((await open(BYTES, { sha256 })).names).toEqual(["a", "large"]);
      expect(await codeOf(() => open(BYTES, { sha256: "0".repeat(64) }))).toBe("Checksum");
    } finally {
      globalThis.process = process;
    }
  });
});

describe("the content says what a file is", () => {
  const x = { x: jnp.array([1, 2]) };

  it.each(["safetensors", "msgpack", "npy", "npz"] as const)("%s under another name", async (format) => {
    for (const other of ["safetensors", "msgpack", "npy", "npz", "index.json", "bin"]) {
      const own = join(folder, `other.${other}`);
      writeFileSync(own, save(x, { format }));
      const file = await open(own);
      expect([other, file.format]).toEqual([other, format]);
      expect((await file.get(file.names[0]!)).tolist()).toEqual([1, 2]);
      await file.close();
    }
  });

  it.each([
    ["\x80\x04\x95", /pickle/],
    ["PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x10\0\0\0archive/data.pkl", /PyTorch/],
    ["\x89HDF\r\n\x1a\n", /HDF5/],
    ["GGUF\x03\0\0\0", /GGUF/],
    ["\x08\x07\x12\x07pytorch", /ONNX/],
    ["<!DOCTYPE html><html>", /HTML/],
    ["\n <html>", /HTML/],
    ["version https://git-lfs.github.com/spec/v1\n", /LFS/],
    ["\x1f\x8b\x08\0", /gzip/],
    ["\x1c\0\0\0TFL3", /TensorFlow Lite/],
  ])("%j is recognised", async (start, what) => {
    const bytes = Uint8Array.from(start.padEnd(100, "\0"), (char) => char.charCodeAt(0));
    for (const name of ["model", "model.bin", "model.safetensors"]) {
      const error = await open(new File([bytes], name)).catch((error: unknown) => error);
      expect(error).toMatchObject({ code: "WrongFormat", source: name });
      expect(String(error)).toMatch(what);
    }
  });

  it("what nobody knows is told so", async () => {
    for (const text of ["hello", '{"error": "not found"}', ""])
      expect(await codeOf(() => open(new TextEncoder().encode(text)))).toBe("WrongFormat");
  });
});
