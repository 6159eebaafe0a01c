/** Compiles assembly/ and writes src/wasm/bytes.ts: the module in hexadecimal with its length and checksum. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT, run } from "./run.ts";
import { MAX_KERNELS } from "./sizebudget.ts";
import { isStale } from "./stale.ts";

const TARGET = "src/wasm/bytes.ts";

/**
 * Brings src/wasm/bytes.ts up to date, if anything that it is made from is newer.
 *
 * @throws Error if the kernels are larger than 64 KiB; a compile error ends the process
 */
export function buildWasm(): void {
  if (!isStale(TARGET, ["assembly", "asconfig.json", "scripts/wasm.ts"])) return;
  run("asc", "--target", "release");
  const bytes = readFileSync(join(ROOT, "build", "kernels.wasm"));
  if (bytes.length > MAX_KERNELS)
    throw new Error(`wasm: expected at most ${MAX_KERNELS} bytes of kernels, got ${bytes.length}`);
  writeFileSync(join(ROOT, TARGET), source(bytes));
}

/**
 * Hexadecimal, because what bytes have in common survives in it: it compresses to 15.1 KiB, where base64 takes 18.7 (43 KiB
 * of kernels).
 */
function source(bytes: Uint8Array): string {
  return [
    "// Made by scripts/wasm.ts from assembly/.",
    `export const HEX: string = "${Buffer.from(bytes).toString("hex")}";`,
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

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) buildWasm();
