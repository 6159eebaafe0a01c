/**
 * `npm run build`: makes dist/: one to one with src/; bundled for runtimes in dist/cjs/, with the doors for `import` in
 * dist/node/; and everything in one minified file.
 * `--if-stale` builds only when a source is newer.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { nameClassesOfModules } from "./bundle/classnames.ts";
import type { Door } from "./bundle/commonjs.ts";
import { entryOf, keyOf, toCommonJs, writeDoors } from "./bundle/commonjs.ts";
import { writeDeclarations } from "./bundle/declarations.ts";
import { compileEarly } from "./bundle/eagercompile.ts";
import { freezeNamespaces } from "./bundle/freezenamespaces.ts";
import { minifyLibrary } from "./bundle/minify.ts";
import { keepSpecifiers } from "./bundle/specifiers.ts";
import { nameOwnClasses, nameRenamed } from "./bundle/restorenames.ts";
import { commandLine } from "./commandline.ts";
import { ROOT, run } from "./run.ts";
import { checkSizes } from "./sizebudget.ts";
import { isStale } from "./stale.ts";
import { buildWasm } from "./wasm.ts";

/** What Node, Bun and Deno load: the doors for `import`. */
const RUNTIMES = "dist/node";
/** CommonJS: the whole library in one file, and the doors for `require`. */
const COMMONJS = "dist/cjs";
const LIBRARY = `${COMMONJS}/library.js`;
const MINIFIED = "dist/flaxen.min.js";
const PROGRAM = "dist/cli/flaxen.js";

/** Characters of a line of the bundles for runtimes, about. */
const LINE = 120;

const SOURCES = ["src", "assembly", "package.json", "tsconfig.json", "tsconfig.build.json", "asconfig.json"];

/** Builds everything into dist/ and prints the sizes to stderr. */
export async function build(): Promise<void> {
  buildWasm();
  rmSync(join(ROOT, "dist"), { recursive: true, force: true });
  run("tsc", "-p", "tsconfig.build.json");
  nameClassesOfModules(join(ROOT, "dist"));
  rewrite("dist/base/nodemodule.js", keepSpecifiers);
  writeDeclarations(join(ROOT, "dist"), join(ROOT, COMMONJS));
  const module = ["--format=esm", "--target=es2022", "--log-level=warning"];
  await bundleForRuntimes(module);

  await minifyLibrary(join(ROOT, MINIFIED));
  checkSizes(MINIFIED);
}

/**
 * Runtimes load the library from one bundled file, in a ninth of the time that the 700 modules take which bundlers are
 * given to leave out what a program does not use (60 against 540 ms of processor time, Node 20, 2026-12).
 */
async function bundleForRuntimes(module: readonly string[]): Promise<void> {
  const doors = doorsOf();
  const spaces = new Map<Door, object>();
  for (const door of doors) spaces.set(door, await importBuilt(door.module));
  const entry = "dist/doors.js";
  const bundled = "dist/library.js";
  writeFileSync(join(ROOT, entry), entryOf(doors));
  run("esbuild", entry, `--outfile=${bundled}`, "--bundle", ...module);
  rmSync(join(ROOT, entry));
  compileEarly(join(ROOT, bundled));
  const library = {
    ...(await importBuilt("index.js")),
    ...Object.fromEntries(Array.from(spaces, ([door, space]) => [keyOf(door), space])),
  };
  rewrite(bundled, (text) => freezeNamespaces(text) + nameRenamed(text, library));
  // For stack traces identifiers stay, and lines are short: an uncaught error prints its line. Were whitespace left
  // too, loading would take 4 % longer; the breaks cost nothing that can be measured (Node 20, 2026-12).
  const minify = ["--minify-whitespace", `--line-limit=${LINE}`, "--minify-syntax", ...module];
  run("esbuild", bundled, `--outfile=${bundled}`, "--allow-overwrite", ...minify);
  rewrite(bundled, nameOwnClasses);
  renameSync(join(ROOT, bundled), join(ROOT, LIBRARY));
  rewrite(LIBRARY, toCommonJs);
  writeFileSync(join(ROOT, COMMONJS, "package.json"), '{ "type": "commonjs" }\n');
  writeDoors(doors, (door) => Object.keys(spaces.get(door)!), {
    bundle: join(ROOT, LIBRARY),
    commonjs: join(ROOT, COMMONJS),
    modules: join(ROOT, RUNTIMES),
  });
  // The footer says what it is: a module without imports and exports looks like CommonJS.
  run("esbuild", PROGRAM, `--outdir=${RUNTIMES}`, "--outbase=dist", "--bundle", "--footer:js=export {};", ...minify);
}

async function importBuilt(file: string): Promise<object> {
  return (await import(pathToFileURL(join(ROOT, "dist", file)).href)) as object;
}

/** The package's doors, those that Node has files of its own for. */
function doorsOf(): Door[] {
  const { exports } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    exports: Record<string, { import?: { node?: string } }>;
  };
  return Object.entries(exports).flatMap(([name, { import: { node } = {} }]) =>
    node === undefined ? [] : [{ name, module: node.slice(`./${RUNTIMES}/`.length) }],
  );
}

function rewrite(file: string, change: (text: string) => string): void {
  const path = join(ROOT, file);
  writeFileSync(path, change(readFileSync(path, "utf8")));
}

/** Builds unless dist/ is newer than every source. */
export async function buildIfStale(): Promise<void> {
  if (isStale(MINIFIED, SOURCES)) await build();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { values } = commandLine(import.meta.url, { "if-stale": { type: "boolean" } }, 0);
  await (values["if-stale"] ? buildIfStale : build)();
}
