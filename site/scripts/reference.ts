/** The API reference, built by TypeDoc; each example that runs by itself opens in the playground. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, plainSummaries } from "./accessible.ts";
import { missingNames, programLink, runsAlone, showing } from "./programs.ts";
import { filesIn, ROOT } from "./places.ts";

const EXAMPLE = /<pre><code class="ts">([\s\S]*?)<\/code>(<button[^>]*>Copy<\/button>)?<\/pre>/g;

/** Links are known by more than their colour, and are large enough to be met. */
const STYLE = `footer a, .col-content a:not([class]), .tsd-signature a { text-decoration: underline; }
.tsd-member-summary-name a { padding: 3px 5px; }
`;

/** Copies the reference to `folder` and gives its examples their links. */
export async function reference(folder: string): Promise<void> {
  const built = join(ROOT, "build/reference");
  // Vite sets NODE_ENV, and npm would then leave typedoc out.
  const { NODE_ENV: _, ...env } = process.env;
  if (!existsSync(join(built, "index.html"))) {
    const npm = (...words: string[]): unknown => execFileSync("npm", words, { cwd: ROOT, stdio: "ignore", env });
    npm("ci", "--no-audit", "--no-fund", "--prefix", "docs/reference");
    npm("run", "build", "--prefix", "docs/reference", "--", "--treatWarningsAsErrors", "false");
  }
  cpSync(built, folder, { recursive: true });
  const entries = await entriesByName();
  for (const file of filesIn(folder).filter((name) => name.endsWith(".html"))) {
    const html = readFileSync(join(folder, file), "utf8");
    const play = `${"../".repeat(file.split("/").length + 1)}play/`;
    const back = `<a href="${"../".repeat(file.split("/").length)}">All documents</a>`;
    const toolbar = '<div id="tsd-toolbar-links">';
    const linked = html.replace(toolbar, toolbar + back).replaceAll(EXAMPLE, (block, code: string) => {
      const program = withImports(textOf(code), entries);
      if (!runsAlone(program)) return block;
      return `${block}<p><a href="${play}${programLink(showing(program))}">Open in the playground</a></p>`;
    });
    writeFileSync(join(folder, file), accessible(linked));
  }
  const style = join(folder, "assets/style.css");
  writeFileSync(style, `${readFileSync(style, "utf8")}\n${STYLE}`);
  const navigation = join(folder, "assets/navigation.js");
  writeFileSync(navigation, plainSummaries(readFileSync(navigation, "utf8")));
}

const textOf = (html: string): string =>
  html
    .replaceAll(/<br\s*\/?>/g, "\n")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("\u00a0", " ")
    .replaceAll("&amp;", "&");

/** Which entry has a name. What the package's own has comes first, then random, then numpy. */
async function entriesByName(): Promise<ReadonlyMap<string, string>> {
  const flaxen = await import("flaxen");
  return new Map([
    ...Object.keys(flaxen.numpy).map((name) => [name, "flaxen/numpy"] as const),
    ...Object.keys(flaxen.random).map((name) => [name, "flaxen/random"] as const),
    ...Object.keys(flaxen).map((name) => [name, "flaxen"] as const),
  ]);
}

const WHOLE: Readonly<Record<string, string>> = {
  jnp: 'import { numpy as jnp } from "flaxen";',
  weights: 'import * as weights from "flaxen/weights";',
  orbax: 'import * as orbax from "flaxen/orbax";',
};

/** The example with imports of what it only names, and with the model that examples speak of. */
function withImports(example: string, entries: ReadonlyMap<string, string>): string {
  const needsModel = missingNames(example).includes("model");
  const code = needsModel ? `const model = new ModuleBasics(3, 4, new nnx.Rngs(0));\n\n${example}` : example;
  const byEntry = new Map<string, string[]>();
  const lines: string[] = [];
  for (const name of missingNames(code)) {
    const entry = entries.get(name);
    if (WHOLE[name] !== undefined) lines.push(WHOLE[name]);
    else if (entry !== undefined) byEntry.set(entry, [...(byEntry.get(entry) ?? []), name]);
  }
  for (const [entry, names] of byEntry) lines.push(`import { ${names.sort().join(", ")} } from "${entry}";`);
  const gap = lines.length > 0 && !code.startsWith("import ") ? "\n" : "";
  return `${lines.sort().join("\n")}\n${gap}${code}\n`.trimStart();
}
