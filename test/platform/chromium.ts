/** Runs page.html in a headless Chromium, served over loopback HTTP. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, statSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import type { Expected, Found } from "./result.ts";
import { FALLEN_BACK, ONE_THREAD, WASM } from "./result.ts";

const TIMEOUT_MS = 60_000;
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const TYPES: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript" };

/** One opening of the page. */
interface Visit {
  /** Served as the root of the site. */
  readonly folder: string;
  /** The address of the package's module. */
  readonly module: string;
  /** The Content-Security-Policy of every answer. */
  readonly policy?: string;
  /** Whether the page is cross-origin isolated, and so may share memory. */
  readonly isolated?: boolean;
}

const ISOLATED = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

/** A way to open the page. */
interface BrowserPlatform {
  readonly name: string;
  visit(): Promise<[Found, Expected]>;
}

const DIST = "/node_modules/flaxen/dist";

/**
 * The package as it lies in dist/ and in one file, on pages that may share memory and may not, and under policies that
 * forbid and allow compiling and workers.
 */
export function browserPlatforms(folder: string, temporary: string): BrowserPlatform[] {
  const platform = (what: string, page: Omit<Visit, "folder">, expected: Expected): BrowserPlatform => ({
    name: `chromium, ${what}`,
    visit: async () => [await visit(chromiumBinary(), { folder, ...page }, temporary), expected],
  });
  const files = `${DIST}/index.js`;
  return [
    platform("module files", { module: files }, ONE_THREAD),
    platform("flaxen.min.js", { module: `${DIST}/flaxen.min.js` }, ONE_THREAD),
    platform("module files, isolated", { module: files, isolated: true }, WASM),
    platform("flaxen.min.js, isolated", { module: `${DIST}/flaxen.min.js`, isolated: true }, WASM),
    platform("script-src 'self'", { module: files, policy: "script-src 'self'" }, FALLEN_BACK),
    platform("script-src 'self' 'wasm-unsafe-eval'", { module: files, policy: "script-src 'self' 'wasm-unsafe-eval'", isolated: true }, ONE_THREAD),
    platform("script-src 'self' 'wasm-unsafe-eval'; worker-src blob:", { module: files, policy: "script-src 'self' 'wasm-unsafe-eval'; worker-src blob:", isolated: true }, WASM),
  ];
}

/**
 * Where Chromium is: the environment's CHROMIUM, or Debian's place for it.
 *
 * @throws Error that says how to get it
 */
function chromiumBinary(): string {
  const file = process.env.CHROMIUM ?? "/usr/bin/chromium";
  if (existsSync(file)) return file;
  throw new Error(`no Chromium at ${file}. Install it (apt-get update && apt-get install -y chromium), name one in CHROMIUM, or pass --without-chromium`);
}

/** Opens the page once, in a fresh profile under `temporary`, and waits for what it posts. */
async function visit(file: string, page: Visit, temporary: string): Promise<Found> {
  const profile = mkdtempSync(join(temporary, "profile-"));
  const site = await serve(page);
  const browser = spawn(file, [...FLAGS, `--user-data-dir=${profile}`, `${site.address}/page.html?${page.module}`], { detached: true, stdio: "ignore", env: { ...process.env, TMPDIR: profile } });
  const ended = new Promise<string>((done) => browser.once("error", (error) => done(error.message)).once("close", (code) => done(`Chromium ended with ${code}`)));
  try {
    const outcome = await Promise.race([site.posted, ended.then(fail), setTimeout(TIMEOUT_MS, undefined, { ref: false }).then(() => fail(`the page posted nothing in ${TIMEOUT_MS / 1000} s`))]);
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

/** A server of the page's folder: where it is, and what the page posted to it. */
interface Site {
  readonly address: string;
  readonly posted: Promise<string>;
  close(): void;
}

async function serve(page: Visit): Promise<Site> {
  let post: (body: string) => void;
  const posted = new Promise<string>((resolve) => (post = resolve));
  const server = createServer((request, response) => {
    if (request.method === "POST") void text(request).then(post);
    answer(request.method === "POST" ? undefined : request.url, response, page);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, posted, close };
}

function answer(url: string | undefined, response: ServerResponse, { folder, policy, isolated }: Visit): void {
  const { pathname } = new URL(url ?? "/nothing", "http://localhost");
  const file = join(folder, pathname);
  const found = statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  response.writeHead(found ? 200 : 404, { "content-type": type, ...(policy === undefined ? {} : { "content-security-policy": policy }), ...(isolated ? ISOLATED : {}) });
  response.end(found ? readFileSync(file) : undefined);
}
