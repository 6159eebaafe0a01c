/** Firefox, the browser of SpiderMonkey. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "./browser.ts";
import { everyPage, isolatedPage } from "./browser.ts";
import type { Platform } from "./platform.ts";
import { FALLEN_BACK, WASM } from "./result.ts";
import { systemFile } from "./system.ts";

type Preferences = Readonly<Record<string, boolean | number | string>>;

/** No first-run pages, and no word to the network beside the page's own. */
const QUIET: Preferences = {
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
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

/** Every page; then SpiderMonkey without WebAssembly, with each of its tiers alone, and for processors without AVX. */
export function firefox(app: string, temporary: string): Platform[] {
  const only = (what: string, preferences: Preferences, expected = WASM): Platform =>
    isolatedPage(firefoxWith(what, preferences), app, temporary, expected);
  return [
    ...everyPage(firefoxWith("", {}), app, temporary),
    only("without WebAssembly", { "javascript.options.wasm": false }, FALLEN_BACK),
    only("wasm_baselinejit alone", { "javascript.options.wasm_optimizingjit": false }),
    only("wasm_optimizingjit alone", { "javascript.options.wasm_baselinejit": false }),
    ...(process.arch === "x64" ? [only("without AVX", { "javascript.options.wasm_simd_avx": false })] : []),
  ];
}

function firefoxWith(what: string, preferences: Preferences): Browser {
  return {
    name: ["firefox", what].filter(Boolean).join(", "),
    file: () =>
      systemFile({
        what: "Firefox",
        file: "/usr/bin/firefox-esr",
        packages: "firefox-esr",
        variable: "FIREFOX",
        option: "without-firefox",
      }),
    flags: (profile) => {
      const lines = Object.entries({ ...QUIET, ...preferences }).map(
        ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
      );
      writeFileSync(join(profile, "user.js"), lines.join(""));
      return ["--headless", "--no-remote", "--profile", profile];
    },
  };
}
