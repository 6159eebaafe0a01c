/** Runs page.html in a headless browser, whichever it is. */
import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Platform } from "./platform.ts";
import type { Expected, Found } from "./result.ts";
import { FALLEN_BACK, ONE_THREAD, WASM } from "./result.ts";
import type { Page } from "./site.ts";
import { serve } from "./site.ts";

const TIMEOUT_MS = 60_000;

/** A browser that opens an address without a window. */
export interface Browser {
  readonly name: string;
  /** The program, looked for only when it runs. */
  readonly file: () => string;
  /** The arguments before the address; `profile` is an empty folder, which may be filled. */
  readonly flags: (profile: string) => readonly string[];
}

const DIST = "/node_modules/flaxen/dist";
const FILES = `${DIST}/index.js`;

/**
 * The package as it lies in dist/ and in one file, on pages that may share memory and may not, and under policies that
 * forbid and allow compiling and workers.
 */
export function everyPage(browser: Browser, folder: string, temporary: string): Platform[] {
  const page = (what: string, module: string, expected: Expected, more: Partial<Page> = {}): Platform =>
    browserPlatform(browser, what, { folder, module, ...more }, expected, temporary);
  const policy = (text: string, expected: Expected, isolated: boolean): Platform =>
    page(text, FILES, expected, { policy: text, isolated });
  return [
    page("module files", FILES, ONE_THREAD),
    page("flaxen.min.js", `${DIST}/flaxen.min.js`, ONE_THREAD),
    page("module files, isolated", FILES, WASM, { isolated: true }),
    page("flaxen.min.js, isolated", `${DIST}/flaxen.min.js`, WASM, { isolated: true }),
    policy("script-src 'self'", FALLEN_BACK, false),
    policy("script-src 'self' 'wasm-unsafe-eval'", ONE_THREAD, true),
    policy("script-src 'self' 'wasm-unsafe-eval'; worker-src blob:", WASM, true),
  ];
}

/** The module files on an isolated page, for a browser that is set up in another way. */
export function isolatedPage(browser: Browser, folder: string, temporary: string, expected: Expected): Platform {
  return browserPlatform(browser, "", { folder, module: FILES, isolated: true }, expected, temporary);
}

function browserPlatform(browser: Browser, what: string, page: Page, expected: Expected, temporary: string): Platform {
  const name = [browser.name, what].filter(Boolean).join(", ");
  return { name, expected, run: () => visit(browser, page, temporary) };
}

/** Opens the page once, in a fresh profile under `temporary`, and waits for what it posts. */
async function visit({ name, file, flags }: Browser, page: Page, temporary: string): Promise<Found> {
  const program = file();
  const profile = mkdtempSync(join(temporary, "profile-"));
  const site = await serve(page);
  const browser = spawn(program, [...flags(profile), site.address], {
    detached: true,
    stdio: "ignore",
    env: { ...process.env, TMPDIR: profile },
  });
  const ended = new Promise<string>((done) =>
    browser.once("error", (error) => done(error.message)).once("close", (code) => done(`${name} ended with ${code}`)),
  );
  try {
    const outcome = await Promise.race([
      site.posted,
      ended.then(fail),
      setTimeout(TIMEOUT_MS, undefined, { ref: false }).then(() =>
        fail(`the page posted nothing in ${TIMEOUT_MS / 1000} s`),
      ),
    ]);
    const found = JSON.parse(outcome) as Found & { error?: string };
    return found.error === undefined ? found : fail(found.error);
  } finally {
    // The whole group that the browser leads: its helpers would outlive it for a while, and write into the profile.
    if (browser.pid !== undefined && browser.exitCode === null) process.kill(-browser.pid, "SIGKILL");
    await ended;
    site.close();
  }
}

function fail(why: string): never {
  throw new Error(why);
}
