/** Makes dist/: one to one with src/, and everything in one minified file. `--if-stale` builds only when a source is newer. */
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build as bundle } from "esbuild";
import { ROOT, run } from "./run.ts";
import { buildWasm } from "./wasm.ts";

const KIB = 1024;
const MAX_GZIPPED = 40 * KIB;

const MINIFIED = join(ROOT, "dist", "flaxen.min.js");

/** Builds everything into dist/ and prints the sizes to stderr. */
export async function build(): Promise<void> {
  await buildWasm();
  rmSync(join(ROOT, "dist"), { recursive: true, force: true });
  run("tsc", "-p", "tsconfig.build.json");
  await bundle({ entryPoints: [join(ROOT, "dist", "index.js")], outfile: MINIFIED, bundle: true, minify: true, format: "esm", target: "es2022", legalComments: "none" });
  const gzipped = gzipSync(readFileSync(MINIFIED), { level: 9 }).length;
  process.stderr.write(`dist/flaxen.min.js ${(gzipped / KIB).toFixed(1)} KiB gzipped (limit ${MAX_GZIPPED / KIB})\n`);
  if (gzipped > MAX_GZIPPED) throw new Error(`dist/flaxen.min.js expected at most ${MAX_GZIPPED} bytes gzipped, got ${gzipped}`);
}

/** Builds unless dist/ is newer than every source. */
export async function buildIfStale(): Promise<void> {
  const built = modified(MINIFIED);
  const inputs = ["src", "assembly"].flatMap((folder) => files(join(ROOT, folder))).concat(["package.json", "tsconfig.json", "tsconfig.build.json", "asconfig.json"].map((file) => join(ROOT, file)));
  if (inputs.some((file) => modified(file) > built)) await build();
}

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}

function modified(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await (process.argv.includes("--if-stale") ? buildIfStale() : build());
