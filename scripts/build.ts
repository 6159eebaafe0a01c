/** Makes dist/: one to one with src/, bundled for runtimes in dist/node/, and everything in one minified file. `--if-stale` builds only when a source is newer. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { nameEverything, nameRenamed } from "./names.ts";
import { ROOT, run } from "./run.ts";
import { isStale } from "./stale.ts";
import { buildWasm } from "./wasm.ts";

const KIB = 1024;
const MAX_GZIPPED = 115 * KIB;

const MINIFIED = "dist/flaxen.min.js";
/**
 * The package's doors. Node, Bun and Deno load each from a few bundled files, in a fifth of the time that the 300
 * modules take which bundlers are given to leave out what a program does not use (27 against 140 ms, Node 20, 2026-11).
 */
const ENTRIES = ["dist/index.js", "dist/nnx/index.js", "dist/random/index.js", "dist/numpy.js"];

const SOURCES = ["src", "assembly", "package.json", "tsconfig.json", "tsconfig.build.json", "asconfig.json"];

/** Builds everything into dist/ and prints the sizes to stderr. */
export async function build(): Promise<void> {
  buildWasm();
  rmSync(join(ROOT, "dist"), { recursive: true, force: true });
  run("tsc", "-p", "tsconfig.build.json");
  const bundle = ["--bundle", "--format=esm", "--target=es2022", "--log-level=warning"];
  run("esbuild", ...ENTRIES, "--outdir=dist/node", "--outbase=dist", "--splitting", ...bundle);
  for (const file of readdirSync(join(ROOT, "dist/node"), { recursive: true, encoding: "utf8" })) if (file.endsWith(".js")) rewrite(join(ROOT, "dist/node", file), nameRenamed);
  run("esbuild", "dist/index.js", `--outfile=${MINIFIED}`, "--minify-syntax", ...bundle);
  const library = (await import(pathToFileURL(join(ROOT, "dist/index.js")).href)) as object;
  rewrite(join(ROOT, MINIFIED), (text) => nameEverything(text, library));
  run("esbuild", MINIFIED, `--outfile=${MINIFIED}`, "--allow-overwrite", "--minify", "--format=esm", "--target=es2022", "--log-level=warning");
  const gzipped = gzipSync(readFileSync(join(ROOT, MINIFIED)), { level: 9 }).length;
  const wasm = Number(/LENGTH: number = (\d+)/.exec(readFileSync(join(ROOT, "src/wasm/bytes.ts"), "utf8"))![1]);
  process.stderr.write(`wasm ${(wasm / KIB).toFixed(1)} KiB, ${MINIFIED} ${(gzipped / KIB).toFixed(1)} KiB gzipped (limits 64 and ${MAX_GZIPPED / KIB})\n`);
  if (gzipped > MAX_GZIPPED) throw new Error(`${MINIFIED} expected at most ${MAX_GZIPPED} bytes gzipped, got ${gzipped}`);
}

function rewrite(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, "utf8")));
}

/** Builds unless dist/ is newer than every source. */
export async function buildIfStale(): Promise<void> {
  if (isStale(MINIFIED, SOURCES)) await build();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await (process.argv.includes("--if-stale") ? buildIfStale : build)();
