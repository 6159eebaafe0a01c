import { describe, expect, it } from "vitest";
import { LoadError } from "../../src/orbax/index.ts";
import { readDatabase, readValue } from "../../src/orbax/ocdbt/database.ts";
import { MANIFEST_MAGIC, NODE_MAGIC } from "../../src/orbax/ocdbt/envelope.ts";
import { listingFolder } from "../../src/orbax/sources/listing.ts";
import { envelope } from "./orbaxdamage.ts";

const text = (value: string): number[] => [...new TextEncoder().encode(value)];

/** A number in LEB128. */
function varint(value: number): number[] {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    bytes.push((rest % 128) + (rest >= 128 ? 128 : 0));
    if (rest < 128) return bytes;
  }
}

interface ManifestParts {
  readonly kind?: number;
  readonly path?: string;
  readonly base?: number;
  readonly offset?: number;
  readonly length?: number;
  readonly height?: number;
  readonly versions?: number;
}

function manifest({
  kind = 0,
  path = "d/0",
  base = 0,
  offset = 0,
  length = 0,
  height = 0,
  versions = 1,
}: ManifestParts) {
  const files = [1, ...varint(text(path).length), base, ...text(path)];
  const version = [1, height, 0, ...varint(offset), ...varint(length), 1, 1, 1, ...Array<number>(8).fill(0)];
  const body = [...Array<number>(16).fill(0), kind, 100, ...varint(2 ** 20), 4, 0, ...files];
  return envelope(MANIFEST_MAGIC, new Uint8Array([...body, ...(versions === 0 ? [0] : [1, ...version]), 0]));
}

/** A leaf with inline values. */
function leaf(entries: readonly (readonly [key: string | number[], value: string])[]): Uint8Array {
  const keys = entries.map(([key]) => (typeof key === "string" ? text(key) : key));
  const values = entries.map(([, value]) => text(value));
  const body = [
    0,
    0,
    ...varint(entries.length),
    ...keys.slice(1).map(() => 0),
    ...keys.flatMap((key) => varint(key.length)),
    ...keys.flat(),
    ...values.flatMap((value) => varint(value.length)),
    ...values.map(() => 0),
    ...values.flat(),
  ];
  return envelope(NODE_MAGIC, new Uint8Array(body));
}

/** An interior node with children in its own file. */
function interior(
  height: number,
  path: string,
  children: readonly { key: string; prefix: number; offset: number; length: number }[],
): Uint8Array {
  const count = children.length;
  const body = [
    height,
    1,
    ...varint(text(path).length),
    0,
    ...text(path),
    count,
    ...children.slice(1).map(() => 0),
    ...children.flatMap(({ key }) => varint(text(key).length)),
    ...children.flatMap(({ prefix }) => varint(prefix)),
    ...children.flatMap(({ key }) => text(key)),
    ...children.map(() => 0),
    ...children.flatMap(({ offset }) => varint(offset)),
    ...children.flatMap(({ length }) => varint(length)),
    ...Array<number>(3 * count).fill(1),
  ];
  return envelope(NODE_MAGIC, new Uint8Array(body));
}

/** The keys and inline values of a database, or the code of the error. */
async function read(manifest: Uint8Array, files: Record<string, Uint8Array> = {}): Promise<unknown> {
  const folder = listingFolder("folder", new Map(Object.entries(files)));
  try {
    const database = await readDatabase(folder, manifest);
    const found: [string, string][] = [];
    for (const [key, value] of database) found.push([key, new TextDecoder().decode(await readValue(folder, value))]);
    return found;
  } catch (error) {
    if (error instanceof LoadError) return error.code;
    throw error;
  }
}

const onlyLeaf = (node: Uint8Array): [Uint8Array, Record<string, Uint8Array>] => [
  manifest({ length: node.length }),
  { "d/0": node },
];

describe("readDatabase", () => {
  it("reads a leaf, and a tree whose children's keys continue a prefix", async () => {
    const node = leaf([
      ["a", "1"],
      ["b/c", "2"],
    ]);
    expect(await read(...onlyLeaf(node))).toEqual([
      ["a", "1"],
      ["b/c", "2"],
    ]);
    const [first, second] = [
      leaf([
        ["", "0"],
        ["x", "1"],
      ]),
      leaf([["y", "2"]]),
    ];
    const root = interior(1, "d/1", [
      { key: "ab", prefix: 1, offset: 0, length: first.length },
      { key: "cd", prefix: 2, offset: first.length, length: second.length },
    ]);
    const files = { "d/0": root, "d/1": new Uint8Array([...first, ...second]) };
    expect(await read(manifest({ length: root.length, height: 1 }), files)).toEqual([
      ["a", "0"],
      ["ax", "1"],
      ["cdy", "2"],
    ]);
  });

  it("an empty root or no version is an empty database", async () => {
    expect(await read(manifest({ length: 0 }))).toEqual([]);
    expect(await read(manifest({ versions: 0 }))).toEqual([]);
  });

  it("paths of nodes follow from the base of the file that names them", async () => {
    const node = leaf([["k", "v"]]);
    const root = interior(1, "d/leaf", [{ key: "", prefix: 0, offset: 0, length: node.length }]);
    const top = manifest({ path: "sub/d/root", base: 4, length: root.length, height: 1 });
    expect(await read(top, { "sub/d/root": root, "sub/d/leaf": node })).toEqual([["k", "v"]]);
  });

  it.each(["../d", "/d", "d/../../x", "d//x", "", "C:\\x", "a\0b", "./d"])("refuses the path %j", async (path) => {
    expect(await read(manifest({ path, length: 5 }))).toBe("PathRejected");
  });

  it("refuses what no tree is", async () => {
    const node = leaf([["k", "v"]]);
    expect(await read(manifest({ kind: 1 }))).toBe("BadOcdbt");
    expect(await read(manifest({ length: node.length, height: 1 }), { "d/0": node })).toBe("BadOcdbt");
    expect(await read(manifest({ length: node.length, height: 17 }), { "d/0": node })).toBe("BadOcdbt");
    expect(await read(manifest({ length: 2 ** 50 }), { "d/0": node })).toBe("Incomplete");
    expect(await read(manifest({ length: node.length + 1 }), { "d/0": node })).toBe("Incomplete");
    expect(await read(manifest({ length: node.length }))).toBe("Incomplete");
    expect(await read(...onlyLeaf(leaf([])))).toBe("BadOcdbt");
    expect(
      await read(
        ...onlyLeaf(
          leaf([
            ["k", "v"],
            ["k", "w"],
          ]),
        ),
      ),
    ).toBe("DuplicateKey");
    expect(await read(...onlyLeaf(leaf([[[0xff, 0xfe], "v"]])))).toBe("BadUtf8");
    expect(await read(...onlyLeaf(envelope(NODE_MAGIC, new Uint8Array([0, 0, 255, 255, 255, 255, 127]))))).toBe(
      "BadOcdbt",
    );
  });

  it("refuses a node that is named twice, which would make a small file endless", async () => {
    const node = leaf([["k", "v"]]);
    const child = { prefix: 1, offset: 0, length: node.length };
    const root = interior(1, "d/1", [
      { key: "a", ...child },
      { key: "b", ...child },
    ]);
    expect(await read(manifest({ length: root.length, height: 1 }), { "d/0": root, "d/1": node })).toBe("BadOcdbt");
  });

  it("refuses keys that are long only by what they share", async () => {
    const key = Array<number>(60_000).fill(97);
    const count = 2000;
    const body = [
      0,
      0,
      ...varint(count),
      ...Array.from({ length: count - 1 }, () => varint(60_000)).flat(),
      ...varint(60_000),
      ...Array<number>(count - 1).fill(1),
      ...key,
      ...Array<number>(count - 1).fill(98),
      ...Array<number>(2 * count).fill(0),
    ];
    expect(await read(...onlyLeaf(envelope(NODE_MAGIC, new Uint8Array(body))))).toBe("BadOcdbt");
  });
});
