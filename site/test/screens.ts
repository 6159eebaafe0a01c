/** Every screen in every state: what axe finds, what is wider than the window, which panes are seen. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "puppeteer-core";
import { DOCUMENTS } from "../scripts/docs.ts";
import { readLessons } from "../scripts/lessons.ts";
import { execute, openPage, pause } from "./pages.ts";
import type { Suite } from "./suite.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Screen {
  readonly path: string;
  /** Brings the page into a state, which it names. */
  readonly states: readonly (readonly [name: string, enter: (page: Page) => Promise<unknown>])[];
}

/** Pages of TypeDoc, one of each kind. */
const REFERENCE = ["index", "modules/nnx", "classes/nnx.Linear", "functions/backend", "interfaces/BackendInfo"].map(
  (name) => `docs/reference/${name}.html`,
);

const read = ["read", () => pause(100)] as const;

export function screens(): Screen[] {
  const [lesson, ...others] = readLessons();
  const { slug, starter, solution } = lesson!;
  const there = (until: string) => (page: Page) => page.waitForSelector(until);
  const click = (id: string, until: string) => async (page: Page) => {
    await page.evaluate((id) => document.querySelector<HTMLElement>(id)!.click(), id);
    await page.waitForSelector(until);
    await pause(100);
  };
  const loaded = ["read", there("#engine:not([hidden])")] as const;
  const ready = ["ready", there("#demo:not([hidden])")] as const;
  return [
    { path: "", states: [read, ["run", click("#home-run", "#home-out .card")]] },
    { path: "learn/", states: [read] },
    {
      path: `learn/${slug}/`,
      states: [
        loaded,
        ["code", click("[data-pane=code]", ".cm-content")],
        ["run", (page) => execute(page, lesson!.worked, "run")],
        ["failed", (page) => execute(page, starter, "check")],
        ["passed", (page) => execute(page, solution, "check")],
      ],
    },
    {
      path: "play/",
      states: [
        loaded,
        ["run", click("#run", '[role=status][data-mood="good"]')],
        [
          "opened",
          (page) =>
            page
              .evaluate(() => {
                for (const d of document.querySelectorAll<HTMLDetailsElement>(".result-body details")) d.open = true;
              })
              .then(() => pause(200)),
        ],
        [
          "menu",
          (page) => page.evaluate(() => (document.querySelector<HTMLDetailsElement>("details.menu")!.open = true)),
        ],
        [
          "thrown",
          (page) =>
            page
              .evaluate(() => (document.querySelector<HTMLDetailsElement>("details.menu")!.open = false))
              .then(() => execute(page, 'throw new Error("no");', "run")),
        ],
        [
          "syntax",
          (page) => execute(page, "export const y = 1;", "run").then(() => execute(page, "const = 2;", "run")),
        ],
      ],
    },
    // The others differ in their text and in what their programs export.
    ...others.map(({ slug, starter, worked, solution }): Screen => ({
      path: `learn/${slug}/`,
      states: [
        loaded,
        ["run", (page) => execute(page, worked, "run")],
        ["failed", (page) => execute(page, starter, "check")],
        ["passed", (page) => execute(page, solution, "check")],
      ],
    })),
    { path: "demos/", states: [read] },
    {
      path: "demos/digits/",
      states: [ready, ["drawn", click("#show-one", "#bars .best")]],
    },
    {
      path: "demos/text/",
      states: [ready, ["written", click("#write", "#write:not([disabled])")]],
    },
    {
      path: "demos/train/",
      states: [
        ["ready", there("#loss")],
        ["stepped", click("#step", "#said")],
      ],
    },
    { path: "docs/", states: [read] },
    ...DOCUMENTS.map(({ name }) => ({ path: `docs/${name}/`, states: [read] })),
    ...(process.env["SITE_REFERENCE"] === "off" ? [] : REFERENCE.map((path) => ({ path, states: [read] }))),
    { path: "bench/", states: [read] },
    { path: "404.html", states: [read] },
  ];
}

export interface ScreenOptions {
  readonly widths: readonly number[];
  readonly scheme: "light" | "dark";
}

/** Each state is entered in a window of the first width, and then looked at in all. */
export async function everyScreen(
  browser: Browser,
  root: string,
  where: string,
  suite: Suite,
  { widths, scheme }: ScreenOptions,
): Promise<void> {
  for (const { path, states } of screens()) {
    const { page, said } = await openPage(browser, root + path, { ...sizeOf(widths[0]!), scheme });
    await page.evaluate(AXE);
    for (const [state, enter] of states) {
      await page.setViewport(sizeOf(widths[0]!));
      await enter(page);
      for (const width of widths) {
        await page.setViewport(sizeOf(width));
        await pause(50);
        const name = `/${path} ${state}, ${width} px, ${scheme}, ${where}`;
        suite.equal(`axe: ${name}`, await violations(page), []);
        // TypeDoc's menu of the phone stands beside the window until it is called.
        if (path.startsWith("docs/reference/")) continue;
        suite.equal(`layout: ${name}`, await tooWide(page), []);
        if (width < 600) suite.equal(`targets of 44 px: ${name}`, await tooSmall(page), []);
        if (/^(learn\/\d|play)/.test(path) && width < 860) suite.equal(`one pane: ${name}`, await panesSeen(page), 1);
      }
    }
    suite.equal(`nothing is said: /${path}, ${scheme}, ${where}`, said, []);
    await page.evaluate(() => localStorage.clear());
    await page.close();
  }
}

function sizeOf(width: number): { width: number; height: number } {
  return { width, height: width < 600 ? 844 : 900 };
}

function violations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    type Axe = {
      run(
        context: object,
        options: object,
      ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
    };
    const { axe } = window as unknown as { axe: Axe };
    // The size of targets is a rule of WCAG 2.2, which axe leaves off by itself.
    const rules = { "target-size": { enabled: true } };
    const { violations } = await axe.run({ exclude: [["iframe"]] }, { iframes: false, rules });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 160)} ${nodes[0]!.failureSummary.slice(0, 160)}`,
    );
  });
}

/** Elements that reach over the window's edge, but for what scrolls in a box of its own. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width)
      found.push(`page ${document.documentElement.scrollWidth} > ${width}`);
    const scrolls = (element: Element): boolean => {
      for (let at: Element | null = element; at; at = at.parentElement) {
        const { overflowX } = getComputedStyle(at);
        if (
          (overflowX === "auto" || overflowX === "scroll") &&
          at.matches("pre, .scroll, .cm-scroller, .console, nav, #still")
        )
          return true;
        if (at.matches(".unseen, .skip, .cm-editor, [hidden]")) return true;
      }
      return false;
    };
    for (const element of document.querySelectorAll("body *")) {
      const box = element.getBoundingClientRect();
      // What is folded away has a box of no meaning.
      if (element.checkVisibility() && box.width > 0 && box.right > width + 1 && !scrolls(element))
        found.push(`${element.tagName}.${element.className} to ${Math.round(box.right)}`);
    }
    for (const pane of document.querySelectorAll(".pane"))
      if (pane.scrollWidth > pane.clientWidth + 1)
        found.push(`${pane.id} is ${pane.scrollWidth} wide inside ${pane.clientWidth}`);
    return found.slice(0, 5);
  });
}

/** Buttons that a finger would miss; links in a text are as high as its lines. */
function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("button, .button, nav a, details.menu > summary, [role=tab]")]
      .filter((element) => element.checkVisibility())
      .map((element) => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()] as const)
      .filter(([, { width, height }]) => width > 0 && height > 0 && height < 43.5)
      .map(([html, { height }]) => `${height.toFixed(0)} px: ${html}`)
      .slice(0, 4),
  );
}

const panesSeen = (page: Page): Promise<number> =>
  page.evaluate(
    () => [...document.querySelectorAll<HTMLElement>(".pane")].filter((pane) => pane.offsetWidth > 0).length,
  );
