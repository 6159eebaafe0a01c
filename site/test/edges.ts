/** States of a workbench that need a page of their own: early clicks, no storage, no JavaScript, focus, keys. */
import type { Browser, Page } from "puppeteer-core";
import { readLessons } from "../scripts/lessons.ts";
import { bodyText, execute, openPage, pause } from "./pages.ts";
import type { Suite } from "./suite.ts";

const status = (page: Page): Promise<string> =>
  page.$eval("#result [role=status]", (element) => element.textContent ?? "");

/** Waits until the status line is so. */
const untilStatus = (page: Page, text: string): Promise<unknown> =>
  page.waitForFunction(
    (text) => document.querySelector("#result [role=status]")!.textContent!.includes(text),
    { timeout: 20_000 },
    text,
  );

/** A script that changes a page before its own scripts run. */
async function openWith(browser: Browser, address: string, script: string): Promise<Page> {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(`globalThis.__name = (f) => f;\n${script}`);
  await page.goto(address, { waitUntil: "load" });
  return page;
}

const close = async (page: Page): Promise<void> => {
  await page.evaluate(() => localStorage.clear()).catch(() => {});
  await page.close();
};

export async function edges(browser: Browser, root: string, where: string, suite: Suite): Promise<void> {
  await earlyClick(browser, root, where, suite);
  await refusedStorage(browser, root, where, suite);
  await oldBrowser(browser, root, where, suite);
  await endlessCheck(browser, root, where, suite);
  await typing(browser, root, where, suite);
  await focus(browser, root, where, suite);
  await phoneTabs(browser, root, where, suite);
}

async function earlyClick(browser: Browser, root: string, where: string, suite: Suite): Promise<void> {
  // The script of the page waits for `load`, and is clicked for before.
  const page = await openWith(
    browser,
    `${root}play/`,
    `document.addEventListener("readystatechange", () => {
      if (document.readyState === "interactive") document.querySelector("#run").click();
    });`,
  );
  await untilStatus(page, "Ran in");
  suite.ok(`a click before the script is kept, ${where}`, (await status(page)).startsWith("Ran in"));
  await close(page);
}

async function refusedStorage(browser: Browser, root: string, where: string, suite: Suite): Promise<void> {
  const page = await openWith(
    browser,
    `${root}play/`,
    `Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });`,
  );
  await page.waitForSelector("#engine:not([hidden])");
  const { status } = await execute(page, "export const y = 1;\n", "run");
  suite.ok(`a program runs without storage, ${where}`, status.startsWith("Ran in"), status);
  await page.evaluate(() => document.querySelector<HTMLButtonElement>("#reset")!.click());
  suite.ok(
    `what is not kept is told, ${where}`,
    await page.evaluate(() => document.querySelector("#result .told") !== null),
  );
  await page.close();
}

async function oldBrowser(browser: Browser, root: string, where: string, suite: Suite): Promise<void> {
  // The worker of a browser that has no import() in workers does not start.
  const page = await openWith(
    browser,
    `${root}play/`,
    `const real = fetch; globalThis.fetch = async (...args) => {
      const answer = await real(...args);
      if (!/box\\.\\w+\\.txt$/.test(answer.url)) return answer;
      const html = await answer.text();
      const text = '$1throw new SyntaxError("no import() here")$2';
      return new Response(html.replace(/(id="runner">)[^]*?(<\\/script>)/, text));
    };`,
  );
  await untilStatus(page, "Programs cannot run here");
  suite.ok(`an old browser is told which do, ${where}`, (await bodyText(page)).includes("Firefox 114"));
  await close(page);
}

async function endlessCheck(browser: Browser, root: string, where: string, suite: Suite): Promise<void> {
  const [lesson] = readLessons();
  const { page } = await openPage(browser, `${root}learn/${lesson!.slug}/`);
  const { status } = await execute(page, `export function ${lesson!.golden.entry}() { while (true) {} }\n`, "check");
  suite.equal(`a case without an end is stopped, ${where}`, status, "Stopped after 2 s");
  const good = await execute(page, lesson!.solution, "check");
  suite.ok(`a fresh worker checks afterwards, ${where}`, good.status.startsWith("All"), good.status);
  await close(page);
}

/** With the keys alone: type, run, leave the editor, reload, reset, undo. */
async function typing(browser: Browser, root: string, where: string, suite: Suite): Promise<void> {
  const { page } = await openPage(browser, `${root}play/`);
  await page.waitForSelector("#engine:not([hidden])");
  await page.focus(".cm-content");
  const press = async (...keys: Parameters<Page["keyboard"]["press"]>[0][]): Promise<void> => {
    for (const key of keys.slice(0, -1)) await page.keyboard.down(key);
    await page.keyboard.press(keys.at(-1)!);
    for (const key of keys.slice(0, -1).toReversed()) await page.keyboard.up(key);
  };
  await press("Control", "KeyA");
  await page.keyboard.type('import { numpy as jnp } from "flaxen";\nexport const typed = jnp.ones([2, 3]);');
  await press("Control", "Enter");
  await untilStatus(page, "Ran in");
  suite.ok(`typed and run by keys, ${where}`, (await bodyText(page)).includes("float32[2, 3]"));

  const name = await page.evaluateHandle(() =>
    [...document.querySelectorAll(".cm-line span")].find((span) => span.textContent === "typed"),
  );
  const box = await (name as unknown as { boundingBox(): Promise<{ x: number; y: number }> }).boundingBox();
  await page.mouse.move(box.x + 4, box.y + 4);
  await page.mouse.move(box.x + 8, box.y + 6);
  await page.waitForSelector(".hover-type");
  suite.equal(
    `a name is told over the editor, ${where}`,
    await page.$eval(".hover-type", (tip) => tip.textContent),
    "typed: float32[2, 3]",
  );
  await page.mouse.move(700, 5);

  const inEditor = (): Promise<boolean> => page.evaluate(() => document.activeElement!.matches(".cm-content"));
  await press("Tab");
  suite.ok(`Tab stays in the editor, ${where}`, await inEditor());
  await press("Escape");
  await press("Tab");
  suite.ok(`Escape, then Tab leaves it, ${where}`, !(await inEditor()));

  await page.reload({ waitUntil: "load" });
  await page.waitForSelector(".cm-content");
  const shown = (): Promise<string> =>
    page.evaluate(() => [...document.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"));
  suite.ok(`what was typed is there after a reload, ${where}`, (await shown()).includes("typed"));
  const click = (id: string): Promise<void> =>
    page.evaluate((id) => document.querySelector<HTMLElement>(id)!.click(), id);
  await click("#reset");
  suite.ok(`reset gives the first program, ${where}`, (await shown()).includes("class MLP"));
  await click("#undo-reset");
  suite.ok(`undo gives the typed one back, ${where}`, (await shown()).includes("typed"));
  await close(page);
}

/** Results replace what had the focus, Stop vanishes, menus close: focus is somewhere that is seen. */
async function focus(browser: Browser, root: string, where: string, suite: Suite): Promise<void> {
  const { page } = await openPage(browser, `${root}play/`, { width: 390, height: 844 });
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      const { activeElement: at } = document;
      return at && at !== document.body && at.getClientRects().length > 0 ? at.id || at.tagName : "nowhere";
    });
  const focusAndPress = async (selector: string): Promise<void> => {
    await page.focus(selector);
    await page.keyboard.press("Enter");
  };
  await page.waitForSelector("#engine:not([hidden])");
  await focusAndPress("#run");
  await untilStatus(page, "Ran in");
  await page.focus("#result .tree summary");
  await page.keyboard.down("Control");
  await page.keyboard.press("Enter");
  await page.keyboard.up("Control");
  await page.waitForFunction(() => !document.querySelector("#workbench")!.hasAttribute("data-running"));
  suite.equal(`the result takes the focus of a card that is gone, ${where}`, await focused(), "pane-result");

  await page.evaluate(() =>
    document.querySelector("#workbench")!.dispatchEvent(new CustomEvent("program", { detail: "while (true) {}" })),
  );
  await focusAndPress("#run");
  await page.waitForSelector("#stop:not([hidden])");
  suite.equal(`Stop takes the place of Run on a phone, ${where}`, await focused(), "stop");
  suite.equal(
    `nothing is pushed out of the window, ${where}`,
    await page.evaluate(() => document.documentElement.scrollWidth),
    390,
  );
  await page.keyboard.press("Enter");
  await untilStatus(page, "Stopped");
  suite.ok(`focus is seen after Stop, ${where}`, (await focused()) !== "nowhere", await focused());

  await focusAndPress("details.menu summary");
  await page.focus("button[data-example]");
  await page.keyboard.press("Escape");
  suite.equal(`Escape closes a menu and goes to its button, ${where}`, await focused(), "SUMMARY");
  suite.ok(
    `the menu is closed, ${where}`,
    await page.evaluate(() => document.querySelector("details.menu[open]") === null),
  );
  await close(page);
}

/** Arrows move between the tabs, and one tab is in the order of focus. */
async function phoneTabs(browser: Browser, root: string, where: string, suite: Suite): Promise<void> {
  const { page } = await openPage(browser, `${root}learn/01-module-basics/`, { width: 390, height: 844 });
  await page.focus("#tab-text");
  for (const key of ["ArrowRight", "ArrowRight"] as const) await page.keyboard.press(key);
  suite.equal(
    `arrows move between tabs, ${where}`,
    await page.evaluate(() => [
      document.activeElement!.id,
      [...document.querySelectorAll<HTMLElement>("[role=tab]")].map((tab) => tab.tabIndex),
      document.querySelector<HTMLElement>("#pane-result")!.offsetWidth > 0,
    ]),
    ["tab-result", [-1, -1, 0], true],
  );
  await close(page);
}

/** Chromium alone can be told to run no script and to be offline. */
export async function chromiumEdges(browser: Browser, root: string, suite: Suite): Promise<void> {
  for (const width of [1440, 390]) {
    const page = await browser.newPage();
    await page.setViewport({ width, height: 844 });
    await page.setJavaScriptEnabled(false);
    await page.goto(`${root}learn/03-two-layers/`);
    const seen = await page.evaluate(() =>
      [
        "#pane-text",
        "#still",
        "details:has(#solution-code) > summary",
        "#pane-result",
        "noscript .feedback",
        "#run",
        "[role=tab]",
      ].map((selector) => (document.querySelector(selector)?.getClientRects().length ?? 0) > 0),
    );
    suite.equal(`without JavaScript all is there to read, ${width} px`, seen, [
      true,
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    await page.close();
  }
  const { page } = await openPage(browser, root);
  await page.setOfflineMode(true);
  await pause(200);
  suite.ok("a badge says offline", await page.$eval("#offline", (badge) => !(badge as HTMLElement).hidden));
  await page.setOfflineMode(false);
  await close(page);
}
