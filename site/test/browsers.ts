/** The system's browsers, as the tests drive them. */
import { existsSync } from "node:fs";
import type { Browser } from "puppeteer-core";
import { launch } from "puppeteer-core";

export type BrowserName = "chromium" | "firefox";

const FILES = { chromium: ["CHROMIUM", "/usr/bin/chromium"], firefox: ["FIREFOX", "/usr/bin/firefox-esr"] } as const;

/** No word to the network beside the page's own. */
const QUIET_FIREFOX = {
  "browser.aboutwelcome.enabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "toolkit.telemetry.enabled": false,
  "app.normandy.enabled": false,
  "app.update.enabled": false,
  "extensions.systemAddon.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "browser.safebrowsing.update.enabled": false,
  "services.settings.server": "data:,",
};

export interface LaunchOptions {
  readonly wasm?: boolean;
}

/** @throws Error that says how to get the browser */
export async function openBrowser(name: BrowserName, { wasm = true }: LaunchOptions = {}): Promise<Browser> {
  const [variable, place] = FILES[name];
  const executablePath = process.env[variable] ?? place;
  if (!existsSync(executablePath))
    throw new Error(`no ${name} at ${executablePath}. Install it, name one in ${variable}, or pass --without-${name}`);
  if (name === "firefox")
    return launch({
      browser: "firefox",
      executablePath,
      headless: true,
      extraPrefsFirefox: { ...QUIET_FIREFOX, ...(wasm ? {} : { "javascript.options.wasm": false }) },
    });
  return launch({
    executablePath,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...(wasm ? [] : ["--js-flags=--noexpose-wasm"]),
    ],
  });
}
