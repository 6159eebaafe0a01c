/** Chromium, the browser of V8. */
import type { Browser } from "./browser.ts";
import { everyPage } from "./browser.ts";
import type { Platform } from "./platform.ts";
import { systemFile } from "./system.ts";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const CHROMIUM: Browser = {
  name: "chromium",
  file: () =>
    systemFile({
      what: "Chromium",
      file: "/usr/bin/chromium",
      packages: "chromium",
      variable: "CHROMIUM",
      option: "without-chromium",
    }),
  flags: (profile) => [...FLAGS, `--user-data-dir=${profile}`],
};

export function chromium(app: string, temporary: string): Platform[] {
  return everyPage(CHROMIUM, app, temporary);
}
