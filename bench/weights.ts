/**
 * How fast a file of 400 MB becomes arrays, against reading its bytes into fresh buffers, which is what disk and memory
 * allow.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { open as openFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { distUrl } from "./dist-url.ts";
import { formatTiming, summary } from "./measure.ts";
import { printTable } from "./table.ts";

const { nnx, numpy } = (await import(distUrl("node/index.js"))) as typeof import("../src/index.ts");
const { loadInto, open, readSafetensors, saveTo } = (await import(
  distUrl("node/weights.js")
)) as typeof import("../src/weights.ts");

const COUNT = 16;
const LENGTH = 6_250_000;
const ROUNDS = 9;
const NS_PER_MS = 1e6;

/** A model with a Param for each array of the file. */
let model: object;

const folder = mkdtempSync(join(tmpdir(), "flaxen-bench-"));
const path = join(folder, "model.safetensors");
try {
  const array = numpy.arange(LENGTH).astype("float32");
  const arrays = new Map(Array.from({ length: COUNT }, (_, i) => [`w${i}`, array] as const));
  await saveTo(path, arrays);
  model = new nnx.Dict(Object.fromEntries([...arrays.keys()].map((name) => [name, new nnx.Param(array)])));
  printTable(
    "Reading 400 MB of float32 from a file (ms)",
    ["", "median (least..most)", "of fresh buffers"],
    await rows(),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function rows(): Promise<string[][]> {
  const ways: readonly (readonly [string, () => Promise<number>])[] = [
    ["its bytes into fresh buffers", freshBuffers],
    ["open, for await", () => arraysOf(path)],
    ["open by file: URL, get", () => arraysByName(pathToFileURL(path))],
    ["readFile, readSafetensors", wholeFile],
    ["open, loadInto a model", intoModel],
  ];
  const times = ways.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, [name, way]] of ways.entries()) {
      const start = performance.now();
      const size = await way();
      times[i]!.push((performance.now() - start) * NS_PER_MS);
      if (size !== COUNT * LENGTH) throw new Error(`${name}: expected ${COUNT * LENGTH} numbers, got ${size}`);
    }
  }
  const timings = ways.map(([name], i) => summary(name, times[i]!));
  return timings.map((timing) => [
    timing.name,
    formatTiming(timing, NS_PER_MS),
    `${((100 * timings[0]!.median) / timing.median).toFixed(0)} %`,
  ]);
}

async function freshBuffers(): Promise<number> {
  const file = await openFile(path);
  const { size } = await file.stat();
  const start = size - COUNT * LENGTH * 4;
  let read = 0;
  for (let i = 0; i < COUNT; i++) {
    const bytes = new Uint8Array(LENGTH * 4);
    read += (await file.read(bytes, 0, bytes.length, start + i * bytes.length)).bytesRead;
  }
  await file.close();
  return read / 4;
}

async function arraysOf(source: string): Promise<number> {
  let size = 0;
  const file = await open(source);
  for await (const [, array] of file) size += array.size;
  await file.close();
  return size;
}

async function arraysByName(source: URL): Promise<number> {
  let size = 0;
  const file = await open(source);
  for (const name of file.names) size += (await file.get(name)).size;
  await file.close();
  return size;
}

async function intoModel(): Promise<number> {
  const file = await open(path);
  const { bytes } = await loadInto(model, file);
  await file.close();
  return bytes / 4;
}

async function wholeFile(): Promise<number> {
  const file = await openFile(path);
  const bytes = await file.readFile();
  await file.close();
  let size = 0;
  for (const [, array] of readSafetensors(bytes)) size += array.size;
  return size;
}
