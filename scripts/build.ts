/** Makes dist/: one to one with src/, bundled for runtimes in dist/node/, and everything in one minified file. `--if-stale` builds only when a source is newer. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { ROOT, run } from "./run.ts";
import { isStale } from "./stale.ts";
import { buildWasm } from "./wasm.ts";

const KIB = 1024;
const MAX_GZIPPED = 138 * KIB;

const MINIFIED = "dist/flaxen.min.js";
/**
 * The package's doors. Node, Bun and Deno load each from a few bundled files, in a fifth of the time that the 300
 * modules take which bundlers are given to leave out what a program does not use (27 against 140 ms, Node 20, 2026-11).
 */
const ENTRIES = ["dist/index.js", "dist/nnx/index.js", "dist/random/index.js", "dist/numpy.js"];

const SOURCES = ["src", "assembly", "package.json", "tsconfig.json", "tsconfig.build.json", "asconfig.json"];

/** Builds everything into dist/ and prints the sizes to stderr. */
export function build(): void {
  buildWasm();
  rmSync(join(ROOT, "dist"), { recursive: true, force: true });
  run("tsc", "-p", "tsconfig.build.json");
  const bundle = ["--bundle", "--format=esm", "--target=es2022", "--log-level=warning"];
  run("esbuild", ...ENTRIES, "--outdir=dist/node", "--outbase=dist", "--splitting", ...bundle);
  // Identifiers stay as they are: error messages and printed models show the names of classes. (esbuild's --keep-names
  // wraps every closure, which makes building a model five times as slow.)
  run("esbuild", "dist/index.js", `--outfile=${MINIFIED}`, "--minify-whitespace", "--minify-syntax", ...bundle);
  for (const file of [MINIFIED, ...readdirSync(join(ROOT, "dist/node"), { recursive: true, encoding: "utf8" }).map((name) => `dist/node/${name}`)]) if (file.endsWith(".js")) restoreNames(join(ROOT, file));
  const gzipped = gzipSync(readFileSync(join(ROOT, MINIFIED)), { level: 9 }).length;
  const wasm = Number(/LENGTH: number = (\d+)/.exec(readFileSync(join(ROOT, "src/wasm/bytes.ts"), "utf8"))![1]);
  process.stderr.write(`wasm ${(wasm / KIB).toFixed(1)} KiB, ${MINIFIED} ${(gzipped / KIB).toFixed(1)} KiB gzipped (limits 64 and ${MAX_GZIPPED / KIB})\n`);
  if (gzipped > MAX_GZIPPED) throw new Error(`${MINIFIED} expected at most ${MAX_GZIPPED} bytes gzipped, got ${gzipped}`);
}

/** A class that names itself in its body becomes `var Name = class _Name`: takes the underscores away. */
function restoreNames(file: string): void {
  const text = readFileSync(file, "utf8");
  const names = Array.from(text.matchAll(/\b(\w+) ?= ?class _\1\b/g), ([, name]) => name!);
  writeFileSync(file, names.reduce((code, name) => code.replaceAll(new RegExp(`\\b_${name}\\b`, "g"), name), text));
}

/** Builds unless dist/ is newer than every source. */
export function buildIfStale(): void {
  if (isStale(MINIFIED, SOURCES)) build();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) (process.argv.includes("--if-stale") ? buildIfStale : build)();
