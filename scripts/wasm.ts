/**
 * Compiles assembly/ and writes src/wasm/bytes.ts, the module as base64 with its length and checksum. Does nothing
 * when that file is newer than everything it is made from.
 *
 * Run as `tsx scripts/wasm.ts`.
 */
import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import asc from "assemblyscript/asc";

const SCRIPT = fileURLToPath(import.meta.url);
const ROOT = dirname(dirname(SCRIPT));
const TARGET = join(ROOT, "src/wasm/bytes.ts");

/** The kernels ship inside the JavaScript: their size is kept in check. */
const MAX_BYTES = 24 * 1024;

/**
 * Brings src/wasm/bytes.ts up to date.
 *
 * @throws Error if the kernels do not compile or are larger than 24 KiB
 */
export async function buildWasm(): Promise<void> {
  if (isFresh()) return;
  const bytes = await compile();
  process.stderr.write(`wasm: ${bytes.length} bytes\n`);
  if (bytes.length > MAX_BYTES) throw new Error(`wasm: expected at most ${MAX_BYTES} bytes of kernels, got ${bytes.length}`);
  mkdirSync(dirname(TARGET), { recursive: true });
  writeFileSync(TARGET, source(bytes));
}

function isFresh(): boolean {
  const target = statSync(TARGET, { throwIfNoEntry: false });
  if (target === undefined) return false;
  const assembly = readdirSync(join(ROOT, "assembly")).filter((name) => name.endsWith(".ts"));
  const inputs = [...assembly.map((name) => join(ROOT, "assembly", name)), join(ROOT, "asconfig.json"), SCRIPT];
  return inputs.every((file) => statSync(file).mtimeMs < target.mtimeMs);
}

async function compile(): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer> | undefined;
  const { error, stderr } = await asc.main(["--target", "release", "--outFile", "kernels.wasm", "--baseDir", ROOT], {
    writeFile: (_name, contents) => {
      if (typeof contents !== "string") bytes = Uint8Array.from(contents);
    },
  });
  process.stderr.write(stderr.toString());
  if (error !== null) throw error;
  if (bytes === undefined) throw new Error("wasm: the compiler wrote no module");
  return bytes;
}

function source(bytes: Uint8Array): string {
  return [
    "// Made by scripts/wasm.ts from assembly/.",
    `export const BASE64: string = "${Buffer.from(bytes).toString("base64")}";`,
    `export const LENGTH: number = ${bytes.length};`,
    `export const FNV1A: number = 0x${fnv1a(bytes).toString(16)};`,
    "",
  ].join("\n");
}

/** The 32-bit FNV-1a checksum. Source: Fowler, Noll, Vo; draft-eastlake-fnv. */
function fnv1a(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === process.argv[1]) await buildWasm();
