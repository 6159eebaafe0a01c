/** Makes dist/: one to one with src/, bundled for runtimes in dist/node/, and everything in one minified file. `--if-stale` builds only when a source is newer. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { compileEarly } from "./eager.ts";
import { nameClasses, nameEverything, nameOwnClasses, nameRenamed } from "./names.ts";
import { ROOT, run } from "./run.ts";
import { smallProgram } from "./small.ts";
import { freezeSpaces } from "./spaces.ts";
import { isStale } from "./stale.ts";
import { buildWasm } from "./wasm.ts";

const KIB = 1024;
const MAX_GZIPPED = 123 * KIB;
const MAX_SMALL = 72 * KIB;

/** Bundles for runtimes: Node, Bun and Deno. */
const RUNTIMES = "dist/node";
const MINIFIED = "dist/flaxen.min.js";
/**
 * The package's doors. Node, Bun and Deno load each from a few bundled files, in a fifth of the time that the 300
 * modules take which bundlers are given to leave out what a program does not use (27 against 140 ms, Node 20, 2026-11).
 */
const ENTRIES = [
  "dist/index.js",
  "dist/nnx/index.js",
  "dist/random/index.js",
  "dist/numpy.js",
  "dist/weights.js",
  "dist/orbax/index.js",
];

const SOURCES = ["src", "assembly", "package.json", "tsconfig.json", "tsconfig.build.json", "asconfig.json"];

/** Builds everything into dist/ and prints the sizes to stderr. */
export async function build(): Promise<void> {
  buildWasm();
  rmSync(join(ROOT, "dist"), { recursive: true, force: true });
  run("tsc", "-p", "tsconfig.build.json");
  const module = ["--format=esm", "--target=es2022", "--log-level=warning"];
  run("esbuild", ...ENTRIES, `--outdir=${RUNTIMES}`, "--outbase=dist", "--splitting", "--bundle", ...module);
  compileEarly(join(ROOT, RUNTIMES, "index.js"));
  const files = readdirSync(join(ROOT, RUNTIMES), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .map((name) => `${RUNTIMES}/${name}`);
  for (const file of files) rewrite(file, (text) => freezeSpaces(text) + nameRenamed(text));
  // Identifiers stay here, for stack traces.
  run(
    "esbuild",
    ...files,
    `--outdir=${RUNTIMES}`,
    `--outbase=${RUNTIMES}`,
    "--allow-overwrite",
    "--minify-whitespace",
    "--minify-syntax",
    ...module,
  );
  for (const file of files) rewrite(file, nameOwnClasses);

  run("esbuild", "dist/index.js", `--outfile=${MINIFIED}`, "--minify-syntax", "--bundle", ...module);
  compileEarly(join(ROOT, MINIFIED));
  const library = (await import(pathToFileURL(join(ROOT, "dist/index.js")).href)) as object;
  rewrite(MINIFIED, (text) => nameOwnClasses(freezeSpaces(text) + nameEverything(text, library)));
  run("esbuild", MINIFIED, `--outfile=${MINIFIED}`, "--allow-overwrite", "--minify", ...module);
  rewrite(MINIFIED, nameClasses);
  const wasm = Number(/LENGTH: number = (\d+)/.exec(readFileSync(join(ROOT, "src/wasm/bytes.ts"), "utf8"))![1]);
  process.stderr.write(`wasm ${(wasm / KIB).toFixed(1)} KiB (limit 64)\n`);
  check(`${MINIFIED} gzipped`, gzipSync(readFileSync(join(ROOT, MINIFIED)), { level: 9 }).length, MAX_GZIPPED);
  check("a program of one layer, bundled and gzipped", smallProgram(), MAX_SMALL);
}

/** Prints a size and holds it against its limit. */
function check(what: string, bytes: number, limit: number): void {
  process.stderr.write(`${what} ${(bytes / KIB).toFixed(1)} KiB (limit ${limit / KIB})\n`);
  if (bytes > limit) throw new Error(`${what} expected at most ${limit} bytes, got ${bytes}`);
}

function rewrite(file: string, change: (text: string) => string): void {
  const path = join(ROOT, file);
  writeFileSync(path, change(readFileSync(path, "utf8")));
}

/** Builds unless dist/ is newer than every source. */
export async function buildIfStale(): Promise<void> {
  if (isStale(MINIFIED, SOURCES)) await build();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  await (process.argv.includes("--if-stale") ? buildIfStale : build)();
