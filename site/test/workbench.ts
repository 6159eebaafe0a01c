/** Lessons and the playground in a browser: grading, every state, share links, isolation, offline. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "puppeteer-core";
import { readLessons } from "../scripts/lessons.ts";
import { programLink } from "../scripts/programs.ts";
import { ENTRIES } from "../src/compile.ts";
import { bodyText, execute, openPage, pause } from "./pages.ts";
import type { Suite } from "./suite.ts";

const PROGRAM = 'import { numpy as jnp } from "flaxen";\nexport const y = jnp.array([1, -2, 3]);\n';

/** Solutions pass, starters fail, mistakes get their sentences. */
export async function grading(
  browser: Browser,
  root: string,
  where: string,
  suite: Suite,
  mistakes = true,
): Promise<void> {
  for (const { slug, starter, solution, mistakes: wrong } of readLessons()) {
    const { page, said } = await openPage(browser, `${root}learn/${slug}/`);
    const good = await execute(page, solution, "check");
    suite.ok(`${slug}: the solution passes, ${where}`, /^All \d+ checks pass$/.test(good.status), JSON.stringify(good));
    if (mistakes) {
      const bad = await execute(page, starter, "check");
      suite.ok(
        `${slug}: the starter fails, ${where}`,
        /^\d+ of \d+ checks pass$/.test(bad.status) && bad.feedback !== "",
        JSON.stringify(bad),
      );
      for (const { file, code, expect } of wrong) {
        const { feedback } = await execute(page, code, "check");
        suite.equal(`${slug}: ${file} gets its sentence, ${where}`, feedback.split("\n")[0], expect);
      }
      const worked = await execute(
        page,
        await page.evaluate(() => document.querySelector("#worked")!.textContent!),
        "run",
      );
      suite.ok(
        `${slug}: the worked example runs, ${where}`,
        worked.status.startsWith("Ran in"),
        JSON.stringify(worked),
      );
    }
    // Without WebAssembly the library says so, once.
    if (mistakes) suite.equal(`${slug}: nothing in the console, ${where}`, said, []);
    await page.close();
  }
}

/** A badge and a sentence say so. */
export async function withoutWasm(browser: Browser, root: string, where: string, suite: Suite): Promise<void> {
  const { page } = await openPage(browser, `${root}play/`);
  await page.waitForSelector("#engine:not([hidden])");
  const told = await page.$eval("#engine", (badge) => badge.textContent ?? "");
  suite.ok(`the badge says TypeScript, same bits, ${where}`, told.includes("TypeScript, same bits"), told);
  suite.ok(`a sentence says why, ${where}`, told.includes("WebAssembly"), told);
  await page.close();
}

/** Each state of a result once. */
export async function states(browser: Browser, root: string, where: string, suite: Suite): Promise<void> {
  const { page } = await openPage(browser, `${root}play/`);
  const run = (program: string): ReturnType<typeof execute> => execute(page, program, "run");

  const ran = await run(PROGRAM);
  suite.ok(`a program runs, ${where}`, /^Ran in [\d.]+ ms$/.test(ran.status), ran.status);
  suite.ok(`its export is shown, ${where}`, (await bodyText(page)).includes("float32[3]"));
  suite.equal(
    `the heat map reads an element by keys, ${where}`,
    await page.evaluate(() => {
      const map = document.querySelector<HTMLCanvasElement>(".heatmap canvas")!;
      for (const key of ["ArrowRight", "ArrowRight"]) map.dispatchEvent(new KeyboardEvent("keydown", { key }));
      return document.querySelector(".readout")!.textContent;
    }),
    "[1] = -2",
  );

  const thrown = await run(
    'import { numpy as jnp } from "flaxen";\n\nconst x = jnp.ones([2, 3]);\nexport const y = x.matmul(x);\n',
  );
  suite.equal(`an error names its line, ${where}`, thrown.status, "Line 4: ShapeError");
  suite.ok(`flaxen's message is whole, ${where}`, thrown.feedback.includes("matmul"), thrown.feedback);
  await page.waitForSelector(".error-line");
  suite.equal(
    `the line is underlined, ${where}`,
    await page.$eval(".error-line", (mark) => mark.closest(".cm-line")!.textContent),
    "export const y = x.matmul(x);",
  );
  suite.ok(
    `frames of flaxen are left out, ${where}`,
    await page.evaluate(() => !/flaxen|blob:/.test(document.querySelector(".stack pre")?.textContent ?? "")),
  );

  await run(PROGRAM);
  const syntax = await run("export const y = (1;\n");
  suite.ok(`the last result stays, greyed, ${where}`, (await page.$(".result-body.old .card")) !== null);
  suite.equal(`a syntax error names its line, ${where}`, syntax.status, "Line 1: SyntaxError");

  const unknown = await run('import { x } from "react";\nexport const y = x;\n');
  suite.ok(
    `an unknown entry lists those there are, ${where}`,
    unknown.feedback.includes("flaxen/nnx"),
    unknown.feedback,
  );
  const missing = await run('import { nothing } from "flaxen";\nexport const y = nothing;\n');
  suite.ok(
    `an export that is not there is named, ${where}`,
    missing.feedback.includes("no export called nothing"),
    missing.feedback,
  );

  for (const entry of ENTRIES) {
    const { status } = await run(
      `import * as entry from "${entry}";\nexport const count = Object.keys(entry).length;\n`,
    );
    suite.ok(`${entry} can be imported, ${where}`, status.startsWith("Ran in"), status);
  }

  const flood = await run("for (let i = 0; i < 1e5; i++) console.log(i);\nexport const y = 1;\n");
  const text = await bodyText(page);
  suite.ok(
    `a flood ends, ${where}`,
    flood.status.startsWith("Ran in") && text.includes("99,800 more lines"),
    text.slice(-200),
  );

  await run("while (true) {}\n").then(({ status, feedback }) => {
    suite.equal(`an endless loop is stopped, ${where}`, status, "Stopped after 5 s");
    suite.ok(`the reader is asked for it, ${where}`, feedback.includes("loop without an end"), feedback);
  });
  const again = await run(PROGRAM);
  suite.ok(`a fresh worker runs afterwards, ${where}`, again.status.startsWith("Ran in"), again.status);

  const stopped = await page.evaluate(async () => {
    const main = document.querySelector("#workbench")!;
    main.dispatchEvent(new CustomEvent("program", { detail: "while (true) {}" }));
    document.querySelector<HTMLButtonElement>("#run")!.click();
    const status = document.querySelector("#result [role=status]")!;
    while (!status.textContent!.startsWith("Running for") && main.hasAttribute("data-running"))
      await new Promise((done) => setTimeout(done, 20));
    const counted = status.textContent;
    dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    while (main.hasAttribute("data-running")) await new Promise((done) => setTimeout(done, 4));
    return [counted, document.querySelector("#result [role=status]")!.textContent];
  });
  suite.equal(`Stop, by Escape, ${where}`, stopped, ["Running for 2 s. Stop ends it.", "Stopped"]);

  await run(PROGRAM);
  await page.evaluate(() => document.querySelector<HTMLButtonElement>("#engine-switch")!.click());
  await page.waitForSelector(".told");
  suite.ok(`the other path gives the same bits, ${where}`, (await bodyText(page)).includes("Equal to the last bit"));
  await page.close();
}

/** The part that trains is fetched when a program names something of it, and once. */
export async function training(browser: Browser, root: string, where: string, suite: Suite): Promise<void> {
  const { page } = await openPage(browser, `${root}play/`);
  let fetched = 0;
  page.on("request", (request) => (fetched += /\/whole\.\w+\.js$/.test(request.url()) ? 1 : 0));
  await execute(page, PROGRAM, "run");
  suite.equal(`a forward pass fetches no training, ${where}`, fetched, 0);
  const dynamic = await execute(page, 'import { nnx } from "flaxen";\nnnx["gr" + "ad"]();\n', "run");
  suite.ok(`a hidden name says what to write, ${where}`, dynamic.feedback.includes("in its text"), dynamic.feedback);
  const program = 'import { grad } from "flaxen";\nexport const y = grad((x) => x.mul(x))(3);\n';
  const ran = await execute(page, program, "run");
  suite.ok(`a gradient runs, ${where}`, ran.status.startsWith("Ran in"), JSON.stringify(ran));
  await execute(page, 'import { adam } from "flaxen/optax";\nexport const y = adam(0.1);\n', "run");
  suite.equal(`training is fetched once, ${where}`, fetched, 1);
  await page.close();
}

/** A link holds the program, which is shown and not run. */
export async function sharing(browser: Browser, root: string, where: string, suite: Suite): Promise<void> {
  const program = "// ünïcödé\nexport const shared = 42;\n";
  const { page } = await openPage(browser, `${root}play/`);
  await page.evaluate((program) => {
    document.querySelector("#workbench")!.dispatchEvent(new CustomEvent("program", { detail: program }));
    document.querySelector<HTMLButtonElement>("#share-open")!.click();
  }, program);
  await page.waitForSelector("#share[open]");
  const link = await page.$eval("#share-link", (field) => (field as HTMLInputElement).value);
  await page.evaluate(() => localStorage.clear());
  await page.close();

  const shown = await openPage(browser, link);
  await shown.page.waitForSelector(".cm-content");
  await pause(300);
  const seen = await shown.page.evaluate(() => [
    [...document.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"),
    document.querySelector("#result [role=status]")!.textContent,
  ]);
  suite.equal(`a shared program is shown and not run, ${where}`, seen, [program, ""]);
  await shown.page.evaluate(() => localStorage.clear());
  await shown.page.close();

  const damaged = await openPage(browser, `${root}play/#code=abc$`);
  await damaged.page.waitForSelector(".told");
  suite.ok(`a damaged link is told, ${where}`, (await bodyText(damaged.page)).includes("The link is damaged"));
  await damaged.page.close();
}

/** From a shared link that is opened and run, nothing reaches the server; `requests` counts what came. */
export async function isolation(
  browser: Browser,
  root: string,
  where: string,
  suite: Suite,
  requests: string[],
): Promise<void> {
  const attempts = (address: string): string => `const to = ${JSON.stringify(address)};
const tries: Record<string, () => unknown> = {
  fetch: () => fetch(to + "fetch"),
  import: () => import(/* nothing */ to + "import"),
  socket: () => new WebSocket(to.replace("http", "ws") + "socket"),
  scripts: () => importScripts(to + "scripts"),
  worker: () => new Worker(to + "worker"),
  events: () => new EventSource(to + "events"),
  xhr: () => { const x = new XMLHttpRequest(); x.open("GET", to + "xhr"); x.send(); },
};
const said: string[] = [];
for (const [name, attempt] of Object.entries(tries)) {
  try { Promise.resolve(attempt()).catch(() => {}); said.push(name); } catch (error) { said.push(name + " threw"); }
}
await new Promise((done) => setTimeout(done, 700));
`;
  // The page refuses import() of an address before anything runs; inside it is tried by a function of the engine's.
  const inside = attempts(`${root}inside-`).replace(
    'import(/* nothing */ to + "import")',
    "eval(`import('${to}import')`)",
  );
  const program = `${inside}export const told = said;
export const origin = self.origin;
export const page = typeof document;
export const store = typeof localStorage;
`;
  const { page } = await openPage(browser, `${root}play/${programLink(program)}`);
  await page.waitForSelector(".told");
  await page.waitForSelector("#engine:not([hidden])");
  requests.length = 0;
  await page.evaluate(() => document.querySelector<HTMLButtonElement>("#run")!.click());
  await page.waitForFunction(() => !document.querySelector("#workbench")!.hasAttribute("data-running"));
  const status = await page.$eval("#result [role=status]", (line) => line.textContent ?? "");
  suite.ok(`the attempts run, ${where}`, status.startsWith("Ran in"), status);
  await pause(500);
  suite.equal(
    `nothing leaves the sandbox, ${where}`,
    requests.filter((url) => url.includes("inside-")),
    [],
  );
  const text = await bodyText(page);
  suite.ok(
    `the origin is opaque, without page and storage, ${where}`,
    text.includes("null") && text.match(/undefined/g)?.length === 2,
    text,
  );
  await page.close();

  // The control: the same attempts in a worker without the policy.
  const control = await openPage(browser, `${root}control.html`);
  requests.length = 0;
  await control.page.evaluate(
    async (code) => {
      const worker = new Worker(
        URL.createObjectURL(new Blob([`(async () => {${code}})()`], { type: "text/javascript" })),
      );
      await new Promise((done) => setTimeout(done, 1500));
      worker.terminate();
    },
    attempts(`${root}outside-`).replace(": Record<string, () => unknown>", "").replace(": string[]", ""),
  );
  const reached = new Set(
    requests.filter((url) => url.includes("outside-")).map((url) => url.replace(/.*outside-/, "")),
  );
  suite.ok(`six of seven reach the server in the control, ${where}`, reached.size >= 6, [...reached].join());
  await control.page.evaluate(() => localStorage.clear());
  await control.page.close();
}

/** After the first visit the server may go: `close` ends it. */
export async function offline(
  browser: Browser,
  root: string,
  where: string,
  suite: Suite,
  close: () => void,
): Promise<void> {
  const [lesson] = readLessons();
  const { page } = await openPage(browser, `${root}learn/${lesson!.slug}/`);
  const controlled = await page.evaluate(async () => {
    const began = performance.now();
    while (performance.now() - began < 30_000) {
      const registration = await navigator.serviceWorker.getRegistration();
      if (registration?.active) return true;
      await new Promise((done) => setTimeout(done, 100));
    }
    return false;
  });
  suite.ok(`the service worker is there, ${where}`, controlled);
  close();
  await page.reload({ waitUntil: "load" });
  const checked = await execute(page, lesson!.solution, "check");
  suite.ok(`a lesson is checked without a server, ${where}`, checked.status.startsWith("All"), checked.status);
  await page.goto(`${root}learn/${readLessons()[1]!.slug}/`, { waitUntil: "load" });
  const other = await execute(page, readLessons()[1]!.solution, "check");
  suite.ok(`a lesson that was never opened too, ${where}`, other.status.startsWith("All"), other.status);
  await page.close();
}

/** A new version is offered while the old one runs, and is there after the button. `dist` is a copy that may change. */
export async function newVersion(
  browser: Browser,
  root: string,
  where: string,
  suite: Suite,
  dist: string,
): Promise<void> {
  const { page } = await openPage(browser, root);
  const active = (): Promise<boolean> =>
    page.evaluate(async () => {
      for (let i = 0; i < 300; i++) {
        if ((await navigator.serviceWorker.getRegistration())?.active?.state === "activated") return true;
        await new Promise((done) => setTimeout(done, 100));
      }
      return false;
    });
  suite.ok(`the service worker is there, ${where}`, await active());
  const change = (file: string, from: RegExp, to: string): void =>
    writeFileSync(join(dist, file), readFileSync(join(dist, file), "utf8").replace(from, to));
  change("index.html", /<h1>.*?<\/h1>/, "<h1>The new version</h1>");
  change("sw.js", /"flaxen-\w+"/, '"flaxen-new"');
  await page.reload({ waitUntil: "load" });
  const title = (): Promise<string> => page.$eval("h1", (heading) => heading.textContent ?? "");
  suite.equal(`the old version runs on, ${where}`, await title(), "Flax NNX for TypeScript");
  await page.waitForSelector("#new-version button", { timeout: 30_000 });
  await page.evaluate(() => document.querySelector<HTMLButtonElement>("#new-version button")!.click());
  await page.waitForFunction(() => document.querySelector("h1")?.textContent === "The new version", {
    timeout: 15_000,
  });
  suite.equal(`the new version is there after the button, ${where}`, await title(), "The new version");
  await page.close();
}
