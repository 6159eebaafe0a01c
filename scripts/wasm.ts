/**
 * Compiles assembly/ and writes src/wasm/bytes.ts, and a bytes.ts in the folder of each module beside the first: each
 * as text, with its length and checksum.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { alignUp } from "../src/wasm/heap.ts";
import { ROOMS } from "../src/wasm/memory.ts";
import { fuse } from "../src/wasm/products/twin.ts";
import { encodePayload, fnv1a } from "./payload.ts";
import { productPlaces, PRODUCTS } from "./products/places.ts";
import { ROOT, run } from "./run.ts";
import { MAX_BESIDE, MAX_KERNELS } from "./sizebudget.ts";
import { isStale } from "./stale.ts";

interface Built {
  readonly config: string;
  readonly target: string;
  /** Bytes, at most. */
  readonly limit: number;
}

/** The first module, and those beside it, each in a folder of its name. */
const MODULES: Readonly<Record<string, Built>> = {
  kernels: { config: "asconfig.json", target: "src/wasm/bytes.ts", limit: MAX_KERNELS },
  ...Object.fromEntries(
    Object.entries(MAX_BESIDE).map(([name, limit]) => [
      name,
      {
        config: `assembly/${name}/asconfig.json`,
        target: `src/wasm/${name}/bytes.ts`,
        limit,
      },
    ]),
  ),
};

const SOURCES = [
  "asconfig.json",
  "assembly",
  "scripts/wasm.ts",
  "scripts/payload.ts",
  "scripts/products",
  "src/wasm/products/twin.ts",
  "src/wasm/payload.ts",
  "src/wasm/memory.ts",
];

/**
 * Brings the modules up to date, if anything that they are made from is newer.
 *
 * @throws Error if one is larger than its limit; a compile error ends the process
 */
export function buildWasm(): void {
  for (const [name, { config, target, limit }] of Object.entries(MODULES)) {
    if (!isStale(target, SOURCES)) continue;
    run("asc", "--config", config, "--target", "release", ...placed(name));
    const bytes = readFileSync(built(name));
    if (bytes.length > limit) throw new Error(`wasm: expected at most ${limit} bytes of ${name}, got ${bytes.length}`);
    writeFileSync(join(ROOT, target), source(bytes, PRODUCTS[name]));
  }
}

function built(name: string): string {
  return join(ROOT, "build", `${name}.wasm`);
}

/** The options that put the tables of a module in its room behind those of the kernels, if it has one. */
function placed(name: string): string[] {
  if (!(name in ROOMS)) return [];
  const { heapBase } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(built("kernels")))).exports;
  let base = alignUp((heapBase as () => number)());
  for (const [other, room] of Object.entries(ROOMS)) {
    if (other === name) return ["--memoryBase", String(base), "--lowMemoryLimit", String(base + room)];
    base += room;
  }
  return [];
}

function source(bytes: Uint8Array, products: readonly string[] | undefined): string {
  const { TEXT, LOCALS, FREQUENT, LENGTH, FNV1A } = encodePayload(bytes);
  return [
    "// Made by scripts/wasm.ts from assembly/.",
    `export const TEXT: string = "${TEXT}";`,
    `export const LOCALS: string = "${LOCALS}";`,
    `export const FREQUENT: string = "${FREQUENT}";`,
    `export const LENGTH: number = ${LENGTH};`,
    `export const FNV1A: number = 0x${FNV1A.toString(16)};`,
    ...(products === undefined ? [] : twinSource(bytes, productPlaces(bytes, products))),
    "",
  ].join("\n");
}

/** What `decodeTwin` makes the twin of the module of. */
function twinSource(bytes: Uint8Array, places: readonly number[]): string[] {
  const text = places.map((place, i) => distance(place - (places[i - 1] ?? 0))).join("");
  const twin = Uint8Array.from(bytes);
  fuse(twin, text);
  return [
    `export const PRODUCTS: string = "${text}";`,
    `export const TWIN_FNV1A: number = 0x${fnv1a(twin).toString(16)};`,
  ];
}

/** A distance between places, as `ProductsPayload.PRODUCTS` has it. */
function distance(value: number): string {
  let digits = String.fromCharCode(97 + (value % 26));
  for (let rest = Math.floor(value / 26); rest > 0; rest = Math.floor(rest / 26))
    digits = String.fromCharCode(65 + (rest % 26)) + digits;
  return digits;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) buildWasm();
