/** The system's browsers, as the tests drive them. */
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
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

const SAME_DRAWING = [
  "--font-render-hinting=none",
  "--disable-lcd-text",
  "--force-color-profile=srgb",
  "--force-device-scale-factor=1",
  "--hide-scrollbars",
];

export interface LaunchOptions {
  readonly wasm?: boolean;
  /** Firefox for pages in the dark, which only its settings ask for. */
  readonly dark?: boolean;
  /** Chromium with the fonts of a package instead of the machine's, drawn alike everywhere. */
  readonly ownFonts?: boolean;
}

/** One upright family is enough, and what is not found must not become a serif one. */
const LEFT_OUT = ["Serif", "Condensed", "ExtraLight", "TeXGyre"].map((name) => `<glob>*${name}*</glob>`).join("");

/** A configuration of fontconfig that knows one family of fonts, and no settings of the machine. */
function ownFontsFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "flaxen-fonts-"));
  const file = join(folder, "fonts.conf");
  const fonts = dirname(createRequire(import.meta.url).resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"));
  const families = { "sans-serif": "Sans", "system-ui": "Sans", monospace: "Sans Mono" };
  const aliases = Object.entries(families).map(
    ([generic, own]) =>
      `<alias binding="same"><family>${generic}</family><prefer><family>DejaVu ${own}</family></prefer></alias>`,
  );
  const settings = { antialias: "<bool>true</bool>", hinting: "<bool>false</bool>", rgba: "<const>none</const>" };
  const edits = Object.entries(settings).map(([name, value]) => `<edit name="${name}" mode="assign">${value}</edit>`);
  writeFileSync(
    file,
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>' +
      `<dir>${fonts}</dir><selectfont><rejectfont>${LEFT_OUT}</rejectfont></selectfont><cachedir>${folder}</cachedir>` +
      `${aliases.join("")}<match target="font">${edits.join("")}</match></fontconfig>\n`,
  );
  return file;
}

/** @throws Error that says how to get the browser */
export async function openBrowser(
  name: BrowserName,
  { wasm = true, dark = false, ownFonts = false }: LaunchOptions = {},
): Promise<Browser> {
  const [variable, place] = FILES[name];
  const executablePath = process.env[variable] ?? place;
  if (!existsSync(executablePath))
    throw new Error(`no ${name} at ${executablePath}. Install it, name one in ${variable}, or pass --without-${name}`);
  if (name === "firefox")
    return launch({
      browser: "firefox",
      executablePath,
      headless: true,
      extraPrefsFirefox: {
        ...QUIET_FIREFOX,
        ...(wasm ? {} : { "javascript.options.wasm": false }),
        ...(dark ? { "layout.css.prefers-color-scheme.content-override": 0 } : {}),
      },
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
      // V8 has no flag for WebAssembly alone that Chromium 156 obeys; without a compiler there is none either.
      ...(wasm ? [] : ["--js-flags=--jitless"]),
      ...(ownFonts ? SAME_DRAWING : []),
    ],
    env: { ...process.env, ...(ownFonts ? { FONTCONFIG_FILE: ownFontsFile() } : {}) },
  });
}
