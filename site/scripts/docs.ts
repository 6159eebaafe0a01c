/** The documents of the project as pages. */
import { existsSync, readFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import { join, posix } from "node:path";
import { parser } from "@lezer/javascript";
import type { Heading } from "./markdown.ts";
import { escapeHtml, render } from "./markdown.ts";
import type { PageOptions } from "./template.ts";

const typescript = parser.configure({ dialect: "ts" });

interface Doc {
  readonly file: string;
  readonly name: string;
  readonly label: string;
}

const DOCS: readonly Doc[] = [
  { file: "README.md", name: "readme", label: "What flaxen is" },
  { file: "docs/guide.md", name: "guide", label: "Guide for people who know Flax" },
  { file: "docs/training.md", name: "training", label: "Training" },
  { file: "docs/from-flax.md", name: "from-flax", label: "Weights from Flax" },
  { file: "docs/from-pytorch.md", name: "from-pytorch", label: "Weights from PyTorch" },
  { file: "docs/from-hugging-face.md", name: "from-hugging-face", label: "Weights from Hugging Face" },
  { file: "docs/back-to-python.md", name: "back-to-python", label: "Back to Python" },
  { file: "examples/models/README.md", name: "models", label: "Trained models" },
  { file: "docs/conformance.md", name: "conformance", label: "Conformance" },
  { file: "docs/surface.md", name: "surface", label: "Surface" },
  { file: "docs/randomness.md", name: "randomness", label: "Randomness" },
  { file: "RESULTS.md", name: "results", label: "Results" },
  { file: "ARCHITECTURE.md", name: "architecture", label: "Architecture" },
  { file: "CONTRIBUTING.md", name: "contributing", label: "Contributing" },
  { file: "CHANGELOG.md", name: "changelog", label: "Changes" },
  { file: "SECURITY.md", name: "security", label: "Security" },
];

/** The fragment of a program in a link; the page deflates in the same format. */
export const programLink = (code: string): string =>
  `#code=${deflateRawSync(code, { level: 9 }).toString("base64url")}`;

/** `reference` are the files of the API reference: its names can be searched too. */
export function docPages(
  root: string,
  reference: readonly string[],
  asset: (name: string, text: string) => string,
): PageOptions[] {
  const docs = DOCS.filter(({ file }) => existsSync(join(root, file)));
  const index: { title: string; page: string; href: string }[] = [];
  const side = (current: string, up: string): string =>
    `<nav class="side" aria-label="Documents"><ul>${docs
      .map(
        ({ name, label }) =>
          `<li><a href="${up}${name}/"${name === current ? ' aria-current="page"' : ""}>${label}</a></li>`,
      )
      .join("")}<li><a href="${up}reference/index.html">API reference</a></li></ul></nav>`;

  const pages = docs.map(({ file, name, label }): PageOptions => {
    const { html, headings } = render(readFileSync(join(root, file), "utf8"), {
      link: (href) => linkTo(href, file, docs),
      below: (code, language) =>
        language === "ts" && stands(code)
          ? `<a class="open-in" href="../../play/${programLink(playable(code))}">Open in the playground</a>`
          : "",
    });
    for (const { text, id } of headings) index.push({ title: text, page: label, href: `${name}/#${id}` });
    return {
      path: `docs/${name}/`,
      title: titleOf(headings, label),
      description: `${label}: a document of flaxen.`,
      section: "docs",
      script: "docs",
      body: `<main id="main" class="page"><div class="docs">${side(name, "../")}<article class="prose"><p class="up"><a href="../">All documents</a></p>${html}${name === "contributing" ? FAULTS : ""}</article></div></main>`,
    };
  });
  for (const file of reference) {
    const name = /reference\/(?:functions|classes|interfaces|variables|types)\/([^/]+)\.html$/.exec(file)?.[1];
    if (name) index.push({ title: name, page: "API reference", href: file.replace(/^docs\//, "") });
  }
  const cards = docs.map(({ name, label }) => `<li><a href="${name}/"><strong>${label}</strong></a></li>`).join("");
  const start: PageOptions = {
    path: "docs/",
    title: "Documents",
    description: "The guide, the API reference, and what was compared with JAX and Flax.",
    section: "docs",
    script: "docs",
    extra: { index: asset("search.json", JSON.stringify(index)) },
    body: `<main id="main" class="page"><h1>Documents</h1><p class="lead">The guide has every construct beside Flax's. The tables say what was compared with Python, and what is not there.</p>
<p><label for="doc-search">Search titles and names </label><input type="search" id="doc-search" autocomplete="off"></p><ul id="doc-found" class="found" aria-live="polite"></ul>
<ul class="doors">${cards}<li><a href="reference/index.html"><strong>API reference</strong><span>Every public name, with an example that is run by the tests.</span></a></li></ul></main>`,
  };
  return [start, ...pages];
}

const FAULTS = `<h2 id="faults">To report a fault</h2><p>The project has no public tracker yet. Keep the program that shows the fault: in the playground, Share gives a link with the whole program in it, and More downloads it as a small project. Send either to whoever gave you this page, with what you expected and the name and version of your browser.</p>`;

const titleOf = (headings: readonly Heading[], label: string): string =>
  headings.find(({ level }) => level === 1)?.text ?? label;

/** A block that runs by itself: it imports what it uses, and nothing of a machine's files. */
const stands = (code: string): boolean =>
  code.split("\n").some((line) => line !== "" && !line.startsWith("import ")) &&
  /^import .* from "flaxen/m.test(code) &&
  !/from "(?!flaxen)|process\.|new URL\(|https?:|"[\w./-]+\.(safetensors|msgpack|npz|npy)"/.test(code) &&
  definesItsNames(code);

/** Whether each name that a program uses is its own or the browser's: a block may go on from the one before it. */
function definesItsNames(code: string): boolean {
  const own = new Set<string>();
  const used = new Set<string>();
  typescript.parse(code).iterate({
    enter({ name, from, to, node }) {
      if (name === "VariableDefinition") own.add(code.slice(from, to));
      // `numpy` of `import { numpy as jnp }` is a name of the package.
      else if (name === "VariableName" && node.parent?.name !== "ImportGroup") used.add(code.slice(from, to));
    },
  });
  return [...used].every((name) => own.has(name) || name in globalThis);
}

/** A last line that is a value with `// =>` is shown when it is exported. */
function playable(code: string): string {
  let count = 0;
  return code.replaceAll(
    /^(?![\s}/]|import|const|let|class|for|if|type|export)(.+?);? \/\/ => (.*)$/gm,
    (_, value, want) => `export const shown${++count} = ${value}; // => ${want}`,
  );
}

function linkTo(href: string, file: string, docs: readonly Doc[]): string | undefined {
  if (href.startsWith("#")) return href;
  if (/^[a-z]+:/.test(href)) return href;
  const [path = "", fragment] = href.split("#");
  const target = posix.normalize(posix.join(posix.dirname(file), path));
  const found = docs.find((doc) => doc.file === target);
  return found === undefined ? undefined : `../${found.name}/${fragment ? `#${fragment}` : ""}`;
}

export { escapeHtml };
