/** Every screen in every state: what axe finds, what is wider than the window, which panes are seen. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "puppeteer-core";
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
                for (const d of document.querySelectorAll<HTMLDetailsElement>("#result details")) d.open = true;
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
    ...others.map(({ slug, worked, solution }): Screen => ({
      path: `learn/${slug}/`,
      states: [
        loaded,
        ["run", (page) => execute(page, worked, "run")],
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
    { path: "docs/readme/", states: [read] },
    { path: "docs/guide/", states: [read] },
    { path: "docs/conformance/", states: [read] },
    { path: "docs/surface/", states: [read] },
    { path: "docs/results/", states: [read] },
    ...(process.env["SITE_REFERENCE"] === "off" ? [] : REFERENCE.map((path) => ({ path, states: [read] }))),
    { path: "bench/", states: [read] },
    { path: "404.html", states: [read] },
  ];
}

export interface ScreenOptions {
  readonly widths: readonly number[];
  readonly schemes: readonly ("light" | "dark")[];
  /** The paths that are looked at; all if there are none. */
  readonly paths?: readonly string[];
}

export async function everyScreen(
  browser: Browser,
  root: string,
  where: string,
  suite: Suite,
  { widths, schemes, paths }: ScreenOptions,
): Promise<void> {
  for (const { path, states } of screens().filter((screen) => paths?.includes(screen.path) ?? true))
    for (const width of widths)
      for (const scheme of schemes) {
        // A window of 320 is one of 1280 at 400 %: what is too wide in the light is so in the dark.
        if (width === 320 && scheme === "dark") continue;
        // Documents and lessons but the first are of one kind each.
        const isOneOfMany = path.startsWith("docs/") || (path.startsWith("learn/") && !/^learn\/(01.*)?$/.test(path));
        if (isOneOfMany && (width === 768 || (width === 390) !== (scheme === "dark"))) continue;
        const { page, said } = await openPage(browser, root + path, { width, height: width < 600 ? 844 : 900, scheme });
        await page.evaluate(AXE);
        for (const [state, enter] of states) {
          await enter(page);
          const name = `/${path} ${state}, ${width} px, ${scheme}, ${where}`;
          suite.equal(`axe: ${name}`, await violations(page), []);
          // TypeDoc's menu of the phone stands beside the window until it is called.
          if (path.startsWith("docs/reference/")) continue;
          suite.equal(`layout: ${name}`, await tooWide(page), []);
          if (width < 600) suite.equal(`targets of 44 px: ${name}`, await tooSmall(page), []);
          if (path.startsWith("learn/0") && width < 860) suite.equal(`one pane: ${name}`, await panesSeen(page), 1);
        }
        suite.equal(`nothing is said: /${path}, ${width} px, ${scheme}, ${where}`, said, []);
        await page.evaluate(() => localStorage.clear());
        await page.close();
      }
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
