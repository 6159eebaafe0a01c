/** The documents of the project as pages. */
import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import type { Heading } from "./markdown.ts";
import { escapeHtml, render } from "./markdown.ts";
import { programLink, runsAlone, showing } from "./programs.ts";
import type { PageOptions } from "./template.ts";

interface Doc {
  readonly file: string;
  readonly name: string;
  readonly label: string;
}

export const DOCUMENTS: readonly Doc[] = [
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

/** `reference` are the files of the API reference: its names can be searched too. */
export function docPages(
  root: string,
  reference: readonly string[],
  asset: (name: string, text: string) => string,
): PageOptions[] {
  const docs = DOCUMENTS.filter(({ file }) => existsSync(join(root, file)));
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
        language === "ts" && runsAlone(code)
          ? `<a class="open-in" href="../../play/${programLink(showing(code))}">Open in the playground</a>`
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

function linkTo(href: string, file: string, docs: readonly Doc[]): string | undefined {
  if (href.startsWith("#")) return href;
  if (/^[a-z]+:/.test(href)) return href;
  const [path = "", fragment] = href.split("#");
  const target = posix.normalize(posix.join(posix.dirname(file), path));
  const found = docs.find((doc) => doc.file === target);
  return found === undefined ? undefined : `../${found.name}/${fragment ? `#${fragment}` : ""}`;
}

export { escapeHtml };
