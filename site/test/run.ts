/**
 * `npm test`: builds the site, serves it on a free port of localhost, and tries it in Chromium and in Firefox.
 * `--without-chromium` and `--without-firefox` leave one out; `--only=GROUP` runs the groups of that name.
 * `--renew-pictures` keeps the screenshots of now in test/shots, to be looked at and committed.
 */
import type { IncomingMessage } from "node:http";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser } from "puppeteer-core";
import { build } from "../scripts/build.ts";
import { SITE } from "../scripts/places.ts";
import { EXAMPLES } from "../scripts/examples.ts";
import { serve } from "../scripts/serve.ts";
import { decodeProgram } from "../src/share.ts";
import type { BrowserName } from "./browsers.ts";
import { openBrowser } from "./browsers.ts";
import { budgets, contents, documents, entries, links, playgroundPrograms } from "./files.ts";
import { chromiumEdges, edges } from "./edges.ts";
import { lessonsInNode } from "./lessons.ts";
import { execute, openPage } from "./pages.ts";
import { pictures } from "./pictures.ts";
import { everyScreen } from "./screens.ts";
import { projectInNode } from "./project.ts";
import { Suite } from "./suite.ts";
import { grading, isolation, newVersion, offline, sharing, states, training, withoutWasm } from "./workbench.ts";

const { values: options } = parseArgs({
  options: {
    "without-chromium": { type: "boolean", default: false },
    "without-firefox": { type: "boolean", default: false },
    "without-build": { type: "boolean", default: false },
    "renew-pictures": { type: "boolean", default: false },
    only: { type: "string", default: "" },
  },
});
const suite = new Suite();
const dist = join(SITE, "dist");
if (!options["without-build"]) await build();
const built = contents(dist);

/** A page without a policy: the control of the test of isolation. */
const CONTROL = { "/control.html": "<!doctype html><title>control</title>" };
const group = async (name: string, run: () => Promise<void>): Promise<void> => {
  if (name.includes(options.only)) await suite.group(name, run);
};

await group("lessons in Node", () => lessonsInNode(suite));
await group("builds", async () => {
  await build();
  suite.equal("two builds are equal byte for byte", contents(dist), built);
});
await group("sizes", async () => budgets(dist, suite));
await group("entries", async () => entries(suite));
await group("documents", async () => documents(dist, suite));
await group("project", () => projectInNode(suite));
await group("links", async () => links(dist, suite));

// The browsers side by side, each with a server of its own: a core each.
const names = (["chromium", "firefox"] as const).filter((name) => !options[`without-${name}`]);
await Promise.all(names.map(inBrowser));
process.exitCode = suite.end() ? 0 : 1;

async function inBrowser(name: BrowserName): Promise<void> {
  const requests: string[] = [];
  // The service worker comes after the page's own files, and on a slow machine among them.
  const isPages = ({ headers }: IncomingMessage): boolean => !headers.referer?.endsWith("/sw.js");
  const site = await serve(dist, 0, (request) => isPages(request) && requests.push(request.url ?? ""), CONTROL);
  const browser = await openBrowser(name);
  try {
    await everything(name, browser, site.address, requests);
  } finally {
    await browser.close();
  }
  await group(`${name}: without WebAssembly`, async () => {
    const plain = await openBrowser(name, { wasm: false });
    try {
      await withoutWasm(plain, site.address, name, suite);
      await grading(plain, site.address, `${name} without WebAssembly`, suite, false);
    } finally {
      await plain.close();
    }
  });
  site.close();
}

async function everything(name: BrowserName, browser: Browser, root: string, requests: string[]): Promise<void> {
  await group(`${name}: requests before Run`, async () => {
    const { page } = await openPage(browser, `${root}learn/01-module-basics/`);
    await page.waitForSelector("#engine:not([hidden])");
    requests.length = 0;
    await page.reload({ waitUntil: "load" });
    await page.waitForSelector("#engine:not([hidden])");
    const before = requests.filter((url) => !url.includes("sw.js"));
    suite.ok(`at most 8 requests, ${name}`, before.length <= 8, before.join(" "));
    await page.close();
  });
  await group(`${name}: states`, () => states(browser, root, name, suite));
  await group(`${name}: edges`, () => edges(browser, root, name, suite));
  await group(`${name}: training`, () => training(browser, root, name, suite));
  await group(`${name}: share`, () => sharing(browser, root, name, suite));
  await group(`${name}: isolation`, () => isolation(browser, root, name, suite, requests));
  await group(`${name}: lessons`, () => grading(browser, root, name, suite));
  if (name === "chromium") {
    await group(`${name}: no script, offline`, () => chromiumEdges(browser, root, suite));
    await group(`${name}: programs of documents and menu`, () => programs(browser, root));
    await group(`${name}: pictures`, () => pictures(root, suite, { renew: options["renew-pictures"] }));
  }
  // A window of 320 is one of 1280 at 400 %: what is too wide in one browser and scheme is so in the others.
  await group(`${name}: screens in the light`, () =>
    everyScreen(browser, root, name, suite, {
      widths: name === "chromium" ? [1440, 768, 390, 320] : [1440, 768, 390],
      scheme: "light",
    }),
  );
  await group(`${name}: screens in the dark`, async () => {
    const dark = await openBrowser(name, { dark: true });
    await everyScreen(dark, root, name, suite, { widths: [390, 768, 1440], scheme: "dark" }).finally(() =>
      dark.close(),
    );
  });
  await group(`${name}: offline`, async () => {
    const own = await serve(dist);
    await offline(browser, own.address, name, suite, () => own.close()).finally(() => own.close());
  });
  await group(`${name}: new version`, async () => {
    const copy = mkdtempSync(join(tmpdir(), "flaxen-site-"));
    cpSync(dist, copy, { recursive: true, filter: (file) => !file.endsWith("reference") });
    const own = await serve(copy);
    try {
      await newVersion(browser, own.address, name, suite, copy);
    } finally {
      own.close();
      rmSync(copy, { recursive: true });
    }
  });
}

async function programs(browser: Browser, root: string): Promise<void> {
  const { page } = await openPage(browser, `${root}play/`);
  for (const { id, code } of EXAMPLES) {
    const { status, feedback } = await execute(page, code, "run");
    suite.ok(`example ${id} runs`, status.startsWith("Ran in"), `${status} ${feedback}`);
  }
  const fragments = playgroundPrograms(dist);
  console.log(`     ${fragments.length} programs of documents and the reference`);
  for (const fragment of fragments) {
    const program = (await decodeProgram(fragment))!;
    const { status, feedback } = await execute(page, program, "run");
    suite.ok("a program of the documents runs", status.startsWith("Ran in"), `${status} ${feedback}\n${program}`);
  }
  await page.evaluate(() => localStorage.clear());
  await page.close();
}
