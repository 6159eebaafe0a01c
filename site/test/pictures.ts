/**
 * Screenshots beside kept ones, in Chromium. They differ in at most 0.5 % of their pixels.
 *
 * Fonts come from a package, by a configuration of fontconfig that knows no others: those of the machine do not matter.
 * What differs from run to run is made equal first: times, and what the bench says of the machine. Left out are the
 * documents, whose text changes with the project, and the lessons after the first, which are laid out like it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { SITE } from "../scripts/places.ts";
import { openBrowser } from "./browsers.ts";
import { openPage } from "./pages.ts";
import { screens } from "./screens.ts";
import type { Suite } from "./suite.ts";

const KEPT = join(SITE, "test/shots");
const FAILED = join(SITE, "build/shots");
const MAX_SHARE = 0.005;
/** How far two colours may be apart: 1 is black against white. */
const COLOUR_DISTANCE = 0.04;
const LEFT_OUT = /^docs\/.|^learn\/(?!01)\d/;

const WINDOWS = {
  wide: { width: 1100, height: 720, scheme: "light" },
  phone: { width: 390, height: 844, scheme: "dark", isMobile: true },
} as const;

export interface PictureOptions {
  /** Keeps what is seen now instead of comparing. */
  readonly renew: boolean;
}

export async function pictures(root: string, suite: Suite, { renew }: PictureOptions): Promise<void> {
  rmSync(FAILED, { recursive: true, force: true });
  if (renew) rmSync(KEPT, { recursive: true, force: true });
  const browser = await openBrowser("chromium", { ownFonts: true });
  const taken = new Set<string>();
  try {
    for (const { path, states } of screens().filter((screen) => !LEFT_OUT.test(screen.path)))
      for (const [size, window] of Object.entries(WINDOWS)) {
        const { page } = await openPage(browser, root + path, window);
        for (const [state, enter] of states) {
          // On a wide window the code stands beside the text.
          if (state === "code" && size === "wide") continue;
          await enter(page);
          const name = `${path.replaceAll(/\W+$|\.html$/g, "").replaceAll("/", "-") || "home"}-${state}-${size}.png`;
          taken.add(name);
          const picture = await take(page);
          if (renew) keep(name, picture);
          else judge(name, picture, suite);
        }
        await page.evaluate(() => localStorage.clear());
        await page.close();
      }
    await control(browser, root, suite);
  } finally {
    await browser.close();
  }
  const kept = existsSync(KEPT) ? readdirSync(KEPT) : [];
  suite.equal(
    "every kept picture is of a screen",
    kept.filter((name) => !taken.has(name)),
    [],
  );
}

/** Another colour of the buttons alone is seen: a comparison that cannot fail says nothing. */
async function control(browser: Awaited<ReturnType<typeof openBrowser>>, root: string, suite: Suite): Promise<void> {
  const { page } = await openPage(browser, root, WINDOWS.phone);
  const before = await take(page);
  await page.addStyleTag({ content: ":root { --accent: #4ad08a !important; }" });
  const { share } = difference(before, await take(page));
  suite.ok("another colour of buttons is a difference", share > MAX_SHARE, percent(share));
  await page.close();
}

async function take(page: Page): Promise<PNG> {
  await page.addStyleTag({ content: "* { caret-color: transparent !important; } .cm-cursorLayer { display: none; }" });
  await page.evaluate(async () => {
    for (const said of document.querySelectorAll("[role=status], .note"))
      for (const node of said.childNodes)
        if (node.nodeType === Node.TEXT_NODE) node.nodeValue = node.nodeValue!.replaceAll(/[\d.]+ ms/g, "0.0 ms");
    const setup = document.querySelector("#setup");
    if (setup) setup.textContent = "The machine and its browser.";
    for (const cell of document.querySelectorAll<HTMLElement>("#table td")) cell.style.visibility = "hidden";
    await document.fonts.ready;
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  });
  return PNG.sync.read(Buffer.from(await page.screenshot()));
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} % of the pixels differ`;

/** The share of pixels that differ, and a picture of where. Pictures of two sizes differ everywhere. */
function difference(got: PNG, want: PNG): { share: number; picture: PNG } {
  const { width, height } = got;
  const picture = new PNG({ width, height });
  if (want.width !== width || want.height !== height) return { share: 1, picture };
  const count = pixelmatch(want.data, got.data, picture.data, width, height, { threshold: COLOUR_DISTANCE });
  return { share: count / (width * height), picture };
}

const encode = (picture: PNG): Buffer => PNG.sync.write(picture, { colorType: 2, deflateLevel: 9 });

function keep(name: string, picture: PNG): void {
  mkdirSync(KEPT, { recursive: true });
  writeFileSync(join(KEPT, name), encode(picture));
}

function judge(name: string, got: PNG, suite: Suite): void {
  const file = join(KEPT, name);
  if (!existsSync(file))
    return suite.ok(`picture ${name}`, false, `There is no ${file}. Look at it, then keep it: --renew-pictures`);
  const { share, picture } = difference(got, PNG.sync.read(readFileSync(file)));
  let detail = "";
  if (share > MAX_SHARE) {
    mkdirSync(FAILED, { recursive: true });
    const [actual, where] = ["actual", "difference"].map((what) => join(FAILED, name.replace(".png", `.${what}.png`)));
    writeFileSync(actual!, encode(got));
    writeFileSync(where!, encode(picture));
    detail = `${percent(share)}. Actual: ${actual}. Difference: ${where}. If it is meant: --renew-pictures`;
  }
  suite.ok(`picture ${name}`, share <= MAX_SHARE, detail);
}
