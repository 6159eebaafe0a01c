/**
 * `npm run fuzz:weights`: a million damaged files for each reader of weights, from the recorded files: bits are
 * flipped, bytes changed, pieces cut out, doubled and taken from other files. Each must be read, or be a LoadError;
 * nothing may be allocated that neither the file nor its shapes justify. `--count N` and `--seed N` change the numbers,
 * `--reader NAME` takes one. The seed makes the files: what fails once fails again.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { LoadError, open, readMsgpack, readNpy, readSafetensors } from "../src/weights.ts";

export const FOLDER =
  process.env.FLAXEN_GOLDEN_WEIGHTS ?? fileURLToPath(new URL("../test/golden/weights", import.meta.url));

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

/** The recorded files of a reader, good and bad, but for those called `without`. */
export function seedsOf(reader: string, without: readonly string[] = []): Uint8Array[] {
  return [join(FOLDER, reader), join(FOLDER, "bad", reader)].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(`.${reader}`) && ![SLOW, ...without].includes(basename(file)))
      .map((file) => new Uint8Array(readFileSync(join(folder, file)))),
  );
}

/** Numbers in [0, n), the same for a seed: mulberry32. */
export function randomOf(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return Math.floor((((x ^ (x >>> 14)) >>> 0) / 2 ** 32) * n);
  };
}

const INTERESTING = [
  0, 1, 0x22, 0x2c, 0x30, 0x5b, 0x5d, 0x7b, 0x7d, 0x7f, 0x80, 0x81, 0x93, 0xc1, 0xc4, 0xc7, 0xdf, 0xff,
];

/** One of `seeds`, damaged in one to four ways; half of them keep their length, which most formats check first. */
export function damage(seeds: readonly Uint8Array[], random: (n: number) => number): Uint8Array {
  let bytes: Uint8Array = seeds[random(seeds.length)]!.slice();
  const kinds = random(2) === 0 ? 3 : 7;
  for (let i = 0, ways = 1 + random(4); i < ways; i++) {
    const at = random(bytes.length + 1);
    const length = random(random(4) === 0 ? 64 : 8) + 1;
    switch (random(kinds)) {
      case 0:
        if (at < bytes.length) bytes[at]! ^= 1 << random(8);
        break;
      case 1:
        if (at < bytes.length) bytes[at] = INTERESTING[random(INTERESTING.length)]!;
        break;
      case 2:
        if (at < bytes.length) bytes[at] = random(256);
        break;
      case 3:
        bytes = bytes.slice(0, at);
        break;
      case 4:
        bytes = joined(bytes.subarray(0, at), bytes.subarray(at + length));
        break;
      case 5:
        bytes = joined(bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at));
        break;
      case 6: {
        const other = seeds[random(seeds.length)]!;
        const from = random(other.length + 1);
        bytes = joined(bytes.subarray(0, at), other.subarray(from, from + length), bytes.subarray(at + random(length)));
        break;
      }
    }
  }
  return bytes;
}

/** Makes the length of a safetensors header fit again: up to the last brace. */
function mend(bytes: Uint8Array): Uint8Array {
  const length = bytes.lastIndexOf(0x7d) - 7;
  if (length > 0) new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  return bytes;
}

function joined(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** What became of the files: how many were read (`ok`), and how many got each code. */
export type Outcome = Record<string, number>;

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
  const { values } = parseArgs({
    options: {
      count: { type: "string", default: "1000000" },
      seed: { type: "string", default: "1" },
      reader: { type: "string" },
    },
  });
  const { fuzzOrbax, fuzzZstd } = await import("./fuzz-orbax.ts");
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
