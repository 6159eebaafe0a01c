/**
 * The library in one CommonJS file: `require` works where ES modules cannot be required (Node 20, jest), and what
 * `import` gives in a runtime is the same objects.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** A door of the package: its name in package.json, and its module in dist/. */
export interface Door {
  readonly name: string;
  readonly module: string;
}

/** The name of a door in the bundle. */
export function keyOf({ name }: Door): string {
  return `door_${name.replace(/\W/g, "_")}`;
}

/** A module that exports all of the doors, each as a namespace, and what the main one exports. */
export function entryOf(doors: readonly Door[]): string {
  return doors
    .map((door) => `export * as ${keyOf(door)} from "./${door.module}";\n`)
    .concat('export * from "./index.js";\n')
    .join("");
}

/** A bundled ES module as CommonJS: its one list of exports is what `require` gives. */
export function toCommonJs(text: string): string {
  const [statement, list] = /\bexport\s*\{([^}]*)\};?\s*$/.exec(text)!;
  const entries = list!
    .split(",")
    .map((pair) => pair.trim().split(/\s+as\s+/))
    .filter(([local]) => local !== "")
    .map(([local, name = local]) => `${name}:${local}`);
  return `"use strict";\n${text.slice(0, -statement.length)}\nmodule.exports={${entries.join(",\n")}};\n`;
}

/**
 * The doors for `require`, beside the bundle, and those for `import`, which load the former: Node looks for the names
 * that a CommonJS file exports in its text, which takes 80 ms for the whole bundle (Node 20, 2026-12).
 */
export function writeDoors(
  doors: readonly Door[],
  namesOf: (door: Door) => readonly string[],
  { bundle, commonjs, modules }: { readonly bundle: string; readonly commonjs: string; readonly modules: string },
): void {
  for (const door of doors) {
    const here = join(commonjs, door.module);
    const there = join(modules, door.module);
    // In two statements: of one, Node would see that it gives what the bundle gives, and read the bundle.
    write(
      here,
      `"use strict";\nconst library = require(${specifier(here, bundle)});\nmodule.exports = library.${keyOf(door)};\n`,
    );
    const names = namesOf(door);
    // A name of an export may be a keyword, as `static` is.
    const locals = names.map((name, i) => `  ${name}: _${i},\n`).join("");
    const list = names.map((name, i) => `  _${i} as ${name},\n`).join("");
    write(there, `import door from ${specifier(there, here)};\nconst {\n${locals}} = door;\nexport {\n${list}};\n`);
  }
}

/** How a file imports another. */
function specifier(from: string, to: string): string {
  const path = relative(dirname(from), to).replaceAll("\\", "/");
  return JSON.stringify(path.startsWith(".") ? path : `./${path}`);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
