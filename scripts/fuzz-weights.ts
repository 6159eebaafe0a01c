/**
 * `npm run fuzz:weights`: a million damaged files for each reader of weights, from the recorded files: bits are
 * flipped, bytes changed, pieces cut out, doubled and taken from other files. Each must be read, or be a LoadError;
 * nothing may be allocated that neither the file nor its shapes justify. `--count N` and `--seed N` change the numbers,
 * `--reader NAME` takes one. The seed makes the files: what fails once fails again.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { commandLine } from "./commandline.ts";
import type { Outcome } from "./damage.ts";
import { damage, FOLDER, randomOf } from "./damage.ts";
import { fuzzOrbax, fuzzZstd } from "./fuzz-orbax.ts";
import { LoadError, open, readMsgpack, readNpy, readSafetensors } from "../src/weights.ts";

/** Reads all of a file, or throws. */
type Reader = (bytes: Uint8Array) => void | Promise<void>;

export const READERS: Readonly<Record<string, Reader>> = {
  safetensors: (bytes) => {
    for (const [, array] of readSafetensors(bytes)) use(array.size);
  },
  msgpack: (bytes) => {
    for (const [, array] of readMsgpack(bytes)) use(array.size);
  },
  npy: (bytes) => use(readNpy(bytes).size),
  npz: async (bytes) => {
    // Copies, so that what is read is allocated as it is from a file.
    for await (const [, array] of await open(bytes, { format: "npz" })) use(array.size);
  },
};

function use(size: number): void {
  if (size < 0) throw new Error("expected a size");
}

/** One whose nesting takes most of the time is fuzzed enough as it is. */
const SLOW = "deep_json.safetensors";

/** The recorded files of a reader, good and bad, except for those called `without`. */
export function seedsOf(reader: string, without: readonly string[] = []): Uint8Array[] {
  return [join(FOLDER, reader), join(FOLDER, "bad", reader)].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(`.${reader}`) && ![SLOW, ...without].includes(basename(file)))
      .map((file) => new Uint8Array(readFileSync(join(folder, file)))),
  );
}

/** Makes the length of a safetensors header fit again: up to the last brace. */
function mend(bytes: Uint8Array): Uint8Array {
  const length = bytes.lastIndexOf(0x7d) - 7;
  if (length > 0) new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  return bytes;
}

/**
 * Damages `count` files of `reader` and reads them.
 *
 * @throws Error with the file in hexadecimal if anything but a LoadError is thrown
 */
export async function fuzz(reader: string, count: number, seed: number): Promise<Outcome> {
  const seeds = seedsOf(reader);
  const random = randomOf(seed);
  const outcome: Outcome = {};
  for (let i = 0; i < count; i++) {
    const damaged = damage(seeds, random);
    const bytes = reader === "safetensors" && random(2) === 0 ? mend(damaged) : damaged;
    const code = await codeOf(READERS[reader]!, bytes, i);
    outcome[code] = (outcome[code] ?? 0) + 1;
  }
  return outcome;
}

async function codeOf(read: Reader, bytes: Uint8Array, number: number): Promise<string> {
  try {
    await read(bytes);
    return "ok";
  } catch (error) {
    if (error instanceof LoadError) return error.code;
    throw new Error(`file ${number}: ${String(error)}\n${Buffer.from(bytes).toString("hex")}`, { cause: error });
  }
}

async function main(): Promise<void> {
  const options = {
    count: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
    reader: { type: "string" },
  } as const;
  const { values } = commandLine(import.meta.url, options, 0);
  const readers = [...Object.keys(READERS), "orbax", "zstd"];
  for (const reader of readers.filter((name) => (values.reader ?? name) === name)) {
    const start = performance.now();
    const [count, seed] = [Number(values.count), Number(values.seed)];
    const own = { orbax: fuzzOrbax, zstd: fuzzZstd }[reader];
    const outcome = await (own === undefined ? fuzz(reader, count, seed) : own(count, seed));
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    const codes = Object.entries(outcome).sort(([, a], [, b]) => b - a);
    console.log(`${reader}: ${values.count} files in ${seconds} s: ${codes.map((pair) => pair.join(" ")).join(", ")}`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
