import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** As in .prettierrc, which leaves long strings and comments as they are. */
const COLUMNS = 120;

/** What is installed, built or recorded: messages word by word, archives of bytes. */
const RECORDED =
  /(^|\/)(node_modules|dist|build|errors|mistakes|results)$|\/(wasm\/(\w+\/)?bytes\.ts|platform\/weights\.js)$/;

/** Markup in the scripts of the page, where a break may be seen. */
const MARKUP = /<\/?[a-z]/;

function isMarkup(path: string, line: string): boolean {
  return path.startsWith("site/scripts/") && MARKUP.test(line);
}

/** The lines of a folder's code that are wider than the rule. */
function wideLines(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (RECORDED.test(path)) return [];
    if (entry.isDirectory()) return wideLines(path);
    if (!/\.([cm]?[jt]s|css|py)$/.test(path)) return [];
    return readFileSync(join(ROOT, path), "utf8")
      .split("\n")
      .flatMap((line, i) => (line.length <= COLUMNS || isMarkup(path, line) ? [] : [`${path}:${i + 1}`]));
  });
}

describe("no line of code is wider than 120 columns", () => {
  it.each(["src", "assembly", "test", "scripts", "bench", "site", "examples"])("in %s", (folder) => {
    expect(wideLines(folder)).toEqual([]);
  });
});
