/** What the tests do on a page of the site. */
import type { Browser, Page } from "puppeteer-core";

export interface Shown {
  readonly status: string;
  readonly feedback: string;
}

/** Everything that a page said or asked for, which it should not have. */
export interface Watch {
  readonly said: string[];
}

export interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: "light" | "dark";
  readonly isMobile?: boolean;
}

export async function openPage(
  browser: Browser,
  address: string,
  { width = 1440, height = 900, scheme = "light", isMobile = false }: WindowOptions = {},
): Promise<{ page: Page; said: string[] }> {
  const page = await browser.newPage();
  const said: string[] = [];
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`error: ${String(error)}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && url.hostname !== "127.0.0.1") said.push(`request: ${request.url()}`);
  });
  await page.setViewport({ width, height, isMobile, hasTouch: isMobile });
  try {
    await page.emulateMediaFeatures([
      { name: "prefers-color-scheme", value: scheme },
      { name: "prefers-reduced-motion", value: "reduce" },
    ]);
  } catch {
    // Firefox has no such command: it is started for the dark.
  }
  // The compiler of these tests wraps named functions in a helper, which a page has not.
  await page.evaluateOnNewDocument("globalThis.__name = (f) => f");
  await page.goto(address, { waitUntil: "load" });
  return { page, said };
}

/** Puts a program in the page and runs or checks it. */
export function execute(page: Page, program: string, what: "run" | "check"): Promise<Shown> {
  return page.evaluate(
    async (program, what) => {
      const main = document.querySelector("#workbench")!;
      main.dispatchEvent(new CustomEvent("program", { detail: program }));
      document.querySelector<HTMLButtonElement>(`#${what}`)!.click();
      const began = performance.now();
      while (main.hasAttribute("data-running")) {
        if (performance.now() - began > 30_000) throw new Error("it did not end");
        await new Promise((done) => setTimeout(done, 4));
      }
      return {
        status: document.querySelector("#result [role=status]")!.textContent ?? "",
        feedback: document.querySelector("#result .feedback .message, #result p.feedback")?.textContent ?? "",
      };
    },
    program,
    what,
  );
}

export const bodyText = (page: Page): Promise<string> =>
  page.evaluate(() => document.querySelector<HTMLElement>("#result .result-body")!.innerText);

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
