/**
 * Files of every format that flaxen writes, of the same arrays always. `npx tsx test/weights/written.ts OUT` puts them
 * into a folder, where test/golden/oracle_written.py reads them with the real libraries and records their hashes.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { NDArray } from "../../src/index.ts";
import { numpy as jnp } from "../../src/index.ts";
import { save } from "../../src/weights.ts";

const DTYPES = [
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
] as const;
/** The last has a header of NumPy that is longer for the room that it leaves. */
const SHAPES = [[], [1], [7], [0, 3], [3, 4], [2, 3, 4], [300], Array<number>(17).fill(1)];

function made(shape: number[], dtype: (typeof DTYPES)[number]): NDArray {
  const size = shape.reduce((product, n) => product * n, 1);
  const value = (i: number): number => {
    const x = (i * 37) % 101;
    return dtype === "bool" ? Number(i % 3 === 0) : dtype.includes("float") ? (x - 50) / 8 : x;
  };
  return jnp
    .array(Float32Array.from({ length: size }, (_, i) => value(i)))
    .astype(dtype)
    .reshape(shape);
}

/** Arrays by name: every dtype in every shape, and names that must be escaped. */
export function arrays(): Map<string, NDArray> {
  const all = new Map<string, NDArray>();
  for (const dtype of DTYPES)
    for (const [i, shape] of SHAPES.entries()) all.set(`${dtype}.${i}.kernel`, made(shape, dtype));
  return all;
}

/** Names of all kinds, each with an array. */
export function oddNames(): Map<string, NDArray> {
  const names = ["", "a b", 'q"uote', "ünï", "\u{1f600}", "\uffee", "line\nbreak", "__proto__", "10", "9", "é"];
  return new Map(names.map((name, i) => [name, made([i], "float32")]));
}

/** The files by name. */
export function writtenFiles(): Map<string, Uint8Array> {
  const all = arrays();
  const files = new Map<string, Uint8Array>();
  const metadata = { format: "flax-nnx", note: 'naïve "quoted"' };
  files.set("all.safetensors", save(all, { metadata }));
  files.set("names.safetensors", save(oddNames()));
  // Sorted, as JAX sorts the keys of a dict.
  files.set(
    "all.msgpack",
    save(
      [...all].sort(([a], [b]) => (a < b ? -1 : 1)),
      { format: "msgpack" },
    ),
  );
  files.set("slashes.msgpack", save({ "a/b.c/d": jnp.array([1]), "a/e": jnp.array([2]) }, { format: "msgpack" }));
  files.set("all.npz", save(all, { format: "npz" }));
  files.set("bfloat16.safetensors", save(all, { dtype: "bfloat16" }));
  for (const [name, array] of all) files.set(`npy/${name}.npy`, save({ [name]: array }, { format: "npy" }));
  for (const [name, bytes] of save(all, { maxShardBytes: 1000 })) files.set(`sharded/${name}`, bytes);
  return files;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const out = process.argv[2]!;
  for (const folder of ["npy", "sharded"]) mkdirSync(join(out, folder), { recursive: true });
  for (const [name, bytes] of writtenFiles()) writeFileSync(join(out, name), bytes);
}
