/** The frame of every page. */
import { createHash } from "node:crypto";
import { escapeHtml } from "./markdown.ts";

/** Files of the build by name: those of a page's script, and what it fetches. */
export interface Assets {
  readonly style: string;
  script(page: string): string;
  /** The hash of the frame's script, as a policy names it. */
  readonly box: string;
  /** Paths from the root of the site. */
  readonly files: Readonly<Record<string, string>>;
}

export interface PageOptions {
  /** From the root: "learn/01-module-basics/". */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  /** Which of the bar's links is the page's. */
  readonly section?: string;
  readonly script: string;
  readonly body: string;
  readonly bodyClass?: string;
  /** Names of the files that the page may fetch. */
  readonly uses?: readonly string[];
  readonly extra?: Readonly<Record<string, string>>;
  /** A page that itself compiles WebAssembly. */
  readonly wasm?: boolean;
}

const NAV = [
  ["learn", "Learn"],
  ["play", "Play"],
  ["demos", "Demos"],
  ["docs", "Docs"],
  ["bench", "Bench"],
] as const;

export const LOGO =
  '<svg viewBox="0 0 32 32" aria-hidden="true"><g fill="#5b8def"><circle cx="16" cy="7" r="5.4"/><circle cx="24.6" cy="13.2" r="5.4"/><circle cx="21.3" cy="23.3" r="5.4"/><circle cx="10.7" cy="23.3" r="5.4"/><circle cx="7.4" cy="13.2" r="5.4"/></g><circle cx="16" cy="16.2" r="4.4" fill="#e8b83a"/></svg>';
const NAMESPACED = LOGO.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ');
const ICON = `data:image/svg+xml,${encodeURIComponent(NAMESPACED)}`;

export const rootOf = (path: string): string => "../".repeat(path.split("/").length - 1) || "./";

/**
 * The frame of programs is a document of this one's making, so that it works offline; it has this policy and its own
 * stricter one, which allows no request at all.
 */
const policy = (wasm: boolean, box: string | undefined, own: string): string =>
  [
    "default-src 'none'",
    `script-src 'self'${own}${wasm || box ? " 'wasm-unsafe-eval'" : ""}${box ? ` ${box} blob:` : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "connect-src 'self'",
    `worker-src 'self'${box ? " blob:" : ""}`,
    "frame-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

/** A script as a policy names it. */
export const sha256 = (script: string): string => `'sha256-${createHash("sha256").update(script).digest("base64")}'`;

/** On pages that run programs: a click on Run or Check that comes before the page's script is kept for it. */
const EARLY =
  'addEventListener("click",({target})=>{const{dataset}=document.documentElement,' +
  'button=target.closest("#run,#check");if(button&&dataset.early!=="done")dataset.early=button.id})';

/** Without JavaScript all panes are seen, and no button that does nothing. */
const PLAIN =
  "<noscript><style>.actions,.tabs,#run-worked{display:none!important}@media(max-width:859px){.bench-page{height:auto}#workbench{display:block!important}#workbench .pane{display:block!important}}</style></noscript>";

export function page(options: PageOptions, assets: Assets): string {
  const { path, title, description, section, script, body, bodyClass, uses = [], extra = {}, wasm = false } = options;
  const root = rootOf(path);
  const runs = script === "workbench";
  const own = runs ? ` ${sha256(EARLY)}` : "";
  const named = { ...Object.fromEntries(uses.map((name) => [name, assets.files[name]!])), ...extra };
  const nav = NAV.map(
    ([name, label]) =>
      `<li><a href="${root}${name}/"${name === section ? ' aria-current="page"' : ""}>${label}</a></li>`,
  ).join("");
  return `<!doctype html>
<html lang="en" data-root="${root}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(wasm, uses.includes("box") ? assets.box : undefined, own)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title === "flaxen" ? "flaxen: Flax NNX for TypeScript" : `${title} · flaxen`)}</title>
<meta name="description" content="${escapeHtml(description)}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="${root}${assets.style}">${runs ? `${PLAIN}<script>${EARLY}</script>` : ""}
<script type="module" src="${root}${assets.script(script)}"></script>
<script type="application/json" id="assets">${JSON.stringify(named)}</script>
</head>
<body${bodyClass ? ` class="${bodyClass}"` : ""}>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<a class="brand" href="${root}">${LOGO} flaxen</a>
<nav aria-label="Site"><ul>${nav}</ul></nav>
<span id="offline" role="status" hidden>Offline: everything still works</span>
</header>
${body}
<footer class="foot"><p>flaxen: Flax NNX for TypeScript. Apache-2.0.</p><p><a href="${root}docs/">Documents</a></p><p><a href="${root}docs/contributing/#faults">Report a fault</a></p></footer>
</body>
</html>
`;
}
