/** The library in one minified file, with the names of what it exports. */
import type { Plugin } from "esbuild";
import { build } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "../run.ts";
import { compileEarly } from "./eagercompile.ts";
import { freezeNamespaces } from "./freezenamespaces.ts";
import { nameClasses, nameEverything, nameOwnClasses } from "./restorenames.ts";

/** Bundles the built modules of `dist/index.js` into `file`. */
export async function minifyLibrary(file: string, plugins: Plugin[] = []): Promise<void> {
  const entry = join(ROOT, "dist/index.js");
  const library = (await import(pathToFileURL(entry).href)) as object;
  const module = { outfile: file, format: "esm", target: "es2022", logLevel: "warning" } as const;
  await build({ ...module, entryPoints: [entry], bundle: true, minifySyntax: true, plugins });
  compileEarly(file);
  rewrite(file, (text) => nameOwnClasses(freezeNamespaces(text) + nameEverything(text, library)));
  await build({ ...module, entryPoints: [file], allowOverwrite: true, minify: true });
  rewrite(file, nameClasses);
}

function rewrite(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, "utf8")));
}
