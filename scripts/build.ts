/**
 * Makes dist/: one to one with src/, bundled for runtimes in dist/node/, and everything in one minified file.
 * `--if-stale` builds only when a source is newer.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { compileEarly } from "./bundle/eagercompile.ts";
import { freezeNamespaces } from "./bundle/freezenamespaces.ts";
import { nameClasses, nameEverything, nameOwnClasses, nameRenamed } from "./bundle/restorenames.ts";
import { ROOT, run } from "./run.ts";
import { checkSizes } from "./sizebudget.ts";
import { isStale } from "./stale.ts";
import { buildWasm } from "./wasm.ts";

/** Bundles for runtimes: Node, Bun and Deno. */
const RUNTIMES = "dist/node";
const MINIFIED = "dist/flaxen.min.js";
/**
 * The package's doors and its program. Node, Bun and Deno load each from a few bundled files, in a fifth of the time
 * that the 300 modules take which bundlers are given to leave out what a program does not use (27 against 140 ms, Node
 * 20, 2026-11).
 */
const ENTRIES = [
  "dist/index.js",
  "dist/nnx/index.js",
  "dist/random/index.js",
  "dist/numpy.js",
  "dist/weights.js",
  "dist/cli/flaxen.js",
  "dist/orbax/index.js",
  "dist/optax.js",
  "dist/nn/index.js",
  "dist/lax/index.js",
  "dist/tree.js",
  "dist/treeutil.js",
  "dist/image/index.js",
  "dist/linalg.js",
  "dist/traverseutil.js",
  "dist/jax.js",
];

/** Characters of a line of the bundles for runtimes, about. */
const LINE = 120;

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
  for (const file of files) rewrite(file, (text) => freezeNamespaces(text) + nameRenamed(text));
  // For stack traces identifiers stay, and lines are short: an uncaught error prints its line. Were whitespace left
  // too, loading would take 4 % longer; the breaks cost nothing that can be measured (Node 20, 2026-12).
  run(
    "esbuild",
    ...files,
    `--outdir=${RUNTIMES}`,
    `--outbase=${RUNTIMES}`,
    "--allow-overwrite",
    "--minify-whitespace",
    `--line-limit=${LINE}`,
    "--minify-syntax",
    ...module,
  );
  for (const file of files) rewrite(file, nameOwnClasses);

  run("esbuild", "dist/index.js", `--outfile=${MINIFIED}`, "--minify-syntax", "--bundle", ...module);
  compileEarly(join(ROOT, MINIFIED));
  const library = (await import(pathToFileURL(join(ROOT, "dist/index.js")).href)) as object;
  rewrite(MINIFIED, (text) => nameOwnClasses(freezeNamespaces(text) + nameEverything(text, library)));
  run("esbuild", MINIFIED, `--outfile=${MINIFIED}`, "--allow-overwrite", "--minify", ...module);
  rewrite(MINIFIED, nameClasses);
  checkSizes(MINIFIED);
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
