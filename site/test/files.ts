/** What can be said of the files alone: sizes, links. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, posix } from "node:path";
import { gzipSync } from "node:zlib";
import { filesIn, SITE } from "../scripts/places.ts";
import { ENTRIES } from "../src/compile.ts";
import type { Suite } from "./suite.ts";

const KIB = 1024;

/** Every file of a folder with a hash of what is in it. */
export function contents(dist: string): readonly string[] {
  const hash = (file: string): string =>
    createHash("sha256")
      .update(readFileSync(join(dist, file)))
      .digest("hex");
  return filesIn(dist).map((file) => `${file} ${hash(file)}`);
}

export function budgets(dist: string, suite: Suite): void {
  const files = filesIn(dist);
  const size = (...patterns: readonly RegExp[]): number =>
    patterns
      .flatMap((pattern) => files.filter((file) => pattern.test(file)))
      .reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0);
  const importedBy = (first: string): number => {
    const all = new Set([first]);
    for (const file of all)
      for (const [, name] of readFileSync(join(dist, file), "utf8").matchAll(
        /from\s*"\.\/([^"]+)"|import\s*"\.\/([^"]+)"/g,
      ))
        if (name) all.add(`assets/${name}`);
    return [...all].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0);
  };
  const lesson = "learn/01-module-basics/index.html";
  const html = readFileSync(join(dist, lesson), "utf8");
  const linked = [...html.matchAll(/(?:src|href)="(?:\.\.\/)+(assets\/[^"]+)"/g)].map(
    ([, file]) => new RegExp(`^${file!.replaceAll(".", "\\.")}$`),
  );
  const style = linked.filter((file) => file.source.includes("css"));
  const read = size(new RegExp(`^${lesson}$`), ...style);
  const run =
    read +
    size(/^assets\/(workbench|common)-[-\w]*\.js$/, /^assets\/(editor|dist)-[-\w]*\.js$/) +
    size(/^assets\/flaxen\.\w+\.js$/, /^assets\/box\.\w+\.txt$/);
  const sucrase = size(/^assets\/compile-[-\w]*\.js$/);
  const page = readFileSync(join(dist, "demos/digits/index.html"), "utf8");
  const digits =
    size(/^assets\/digits\.\w+\.safetensors$/) + importedBy(/src="[./]*(assets\/digits[^"]*)"/.exec(page)![1]!);
  const rows = [
    ["a lesson, until it can be read", read, 25],
    ["until Run works", run, 380],
    ["what the first Run adds", sucrase, 50],
    ["digits, with weights", digits, 540],
  ] as const;
  for (const [what, bytes, limit] of rows) {
    console.log(`     ${what}: ${(bytes / KIB).toFixed(1)} KiB of ${limit}`);
    suite.ok(`${what} is at most ${limit} KiB`, bytes <= limit * KIB, `${(bytes / KIB).toFixed(1)} KiB`);
  }
}

/** Every internal link and anchor exists. The reference checks its own. */
export function links(dist: string, suite: Suite): void {
  const pages = filesIn(dist).filter((file) => file.endsWith(".html") && !file.startsWith("docs/reference/"));
  const texts = new Map(pages.map((file) => [file, readFileSync(join(dist, file), "utf8")]));
  const exists = (file: string): boolean => statSync(join(dist, file), { throwIfNoEntry: false })?.isFile() === true;
  const broken: string[] = [];
  for (const [file, html] of texts)
    for (const [, href] of html.matchAll(/<(?:a|link|script)[^>]* (?:href|src)="([^"]*)"/g)) {
      if (/^(https?|mailto|data):/.test(href!)) continue;
      const [path = "", anchor] = href!.replaceAll("&amp;", "&").split("#");
      let target = path === "" ? file : posix.normalize(posix.join(dirname(file), path));
      if (target.endsWith("/") || target === ".") target = posix.join(target, "index.html");
      if (target.startsWith("docs/reference/") && process.env["SITE_REFERENCE"] === "off") continue;
      if (!exists(target)) broken.push(`${file}: ${href}`);
      else if (
        anchor &&
        !anchor.startsWith("code=") &&
        !texts.get(target)?.includes(`id="${decodeURIComponent(anchor)}"`)
      )
        broken.push(`${file}: ${href}`);
    }
  suite.equal("every internal link and anchor exists", broken, []);
  const comments = [...texts].filter(([, html]) => html.includes("&lt;!--")).map(([file]) => file);
  suite.equal("no comment of a document is shown", comments, []);
}

/** Every document in docs/ has a page. */
export function documents(dist: string, suite: Suite): void {
  const written = readdirSync(join(SITE, "../docs")).filter((file) => file.endsWith(".md"));
  const missing = written.filter((file) => !existsSync(join(dist, "docs", file.slice(0, -3), "index.html")));
  suite.equal("every document has a page", missing, []);
}

/** A program may import every public entry of the package. */
export function entries(suite: Suite): void {
  const manifest = createRequire(import.meta.url)("flaxen/package.json") as { exports: Record<string, unknown> };
  const names = Object.keys(manifest.exports)
    .filter((name) => name !== "./package.json")
    .map((name) => name.replace(/^\./, "flaxen"));
  suite.equal("the entries that can be imported are the package's", ENTRIES.toSorted(), names.toSorted());
}

/** The programs behind every "open in the playground", each once. */
export function playgroundPrograms(dist: string): string[] {
  const pages = filesIn(dist).filter((file) => file.endsWith(".html"));
  const fragments = pages.flatMap((file) =>
    [...readFileSync(join(dist, file), "utf8").matchAll(/href="[^"]*play\/(#code=[\w-]+)"/g)].map(
      ([, fragment]) => fragment!,
    ),
  );
  return [...new Set(fragments)];
}
