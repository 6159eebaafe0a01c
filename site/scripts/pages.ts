/** The pages of the site but the documents: their bodies. */
import type { Lesson } from "./lessons.ts";
import { escapeHtml, highlight } from "./markdown.ts";
import type { PageOptions } from "./template.ts";
import { EXAMPLES } from "./examples.ts";

const RUNNER = ["box", "library", "whole", "weights", "orbax"];
const NO_SCRIPT =
  '<noscript><p class="feedback">Programs run in your browser, and JavaScript is off here. Text, code and solution can still be read.</p></noscript>';

const HOME_CODE = `import { nnx, numpy as jnp } from "flaxen";

const rngs = new nnx.Rngs(0);
export const model = new nnx.Linear(3, 4, { rngs });
export const y = model(jnp.array([1, 2, 3]));
`;

export function home(): PageOptions {
  const door = (to: string, title: string, text: string): string =>
    `<li><a href="${to}"><strong>${title}</strong><span>${text}</span></a></li>`;
  return {
    path: "",
    title: "flaxen",
    description:
      "Flax NNX for TypeScript: neural-network modules whose weights are Python's, bit for bit. " +
      "Learn it, play with it, see it run.",
    script: "home",
    uses: RUNNER,
    body: `<main id="main" class="page">
<div class="hero">
<div>
<h1>Flax NNX for TypeScript</h1>
<p class="lead">A module owns its parameters and is called like a function. The same seed gives the same weights as in Python, to the last bit. The forward pass gives the same bits in every browser.</p>
<p class="hero-actions"><a class="button primary" href="learn/">Start the first lesson</a><a class="button" href="play/">Open the playground</a></p>
</div>
<section class="live" aria-label="A live example">
<pre tabindex="0" role="region" aria-label="Example program"><code id="program">${highlight(HOME_CODE, "ts")}</code></pre>
<div class="live-result">
<div class="live-bar"><button type="button" class="primary" id="home-run">Run</button><label>Seed <input type="number" id="home-seed" value="0" min="0" max="4294967295" step="1"></label><p role="status" id="home-status" class="note"></p></div>
<div id="home-out"><p class="note">Press Run: the kernel below has the bits that <code>nnx.Linear(3, 4, rngs=nnx.Rngs(0))</code> has in Python.</p></div>
</div>
</section>
</div>
<ul class="doors">
${door("learn/", "Learn", "Fourteen short lessons, graded in your browser against values of real JAX and Flax.")}
${door("play/", "Play", "Write a program; what it exports is shown: arrays as heat maps, models as trees.")}
${door("demos/", "See", "Draw a digit, let a small GPT write, watch a network learn.")}
${door("docs/", "Read", "The guide, the reference, and the tables of what was compared with Python.")}
</ul>
${NO_SCRIPT}
</main>`,
  };
}

export function learn(lessons: readonly Lesson[]): PageOptions {
  const items = lessons.map(
    ({ slug, number, title, about, minutes }) =>
      `<li><a href="${slug}/"><span class="number" aria-hidden="true">${number}</span><strong>${escapeHtml(title)}</strong><span class="about">${escapeHtml(about)}</span><span class="state" data-slug="${slug}">${minutes} min</span></a></li>`,
  );
  return {
    path: "learn/",
    title: "Learn",
    description: "Fourteen lessons from one layer to training, graded in the browser against values of JAX and Flax.",
    section: "learn",
    script: "learn",
    body: `<main id="main" class="page">
<h1>Learn NNX by writing it</h1>
<p class="lead">Each lesson is an idea, a program to run and an exercise. Your answer is checked against values recorded from real JAX and Flax. Nothing leaves this browser.</p>
<ol class="track">${items.join("")}</ol>
<div class="controls"><button type="button" id="export-progress">Save my progress as a file</button><label class="button file-button">Load progress<input type="file" id="import-progress" accept="application/json"></label><p role="status" id="progress-said" class="note"></p></div>
</main>`,
  };
}

const tabs = (names: readonly (readonly [string, string])[]): string =>
  `<div class="tabs" role="tablist" aria-label="Panes">${names
    .map(
      ([name, label], i) =>
        `<button type="button" role="tab" id="tab-${name}" data-pane="${name}" aria-controls="pane-${name}" aria-selected="${i === 0}">${label}</button>`,
    )
    .join("")}</div>`;

const resultPane = (hint: string): string => `<section class="pane" id="pane-result" aria-label="Result" tabindex="0">
<div id="result">
<div class="status-row"><p role="status" data-mood=""></p>
<details class="menu" id="engine" hidden><summary><span id="engine-name"></span></summary><div><p id="engine-reason"></p><button type="button" id="engine-switch">Run on the other path and compare</button></div></details></div>
<h2 class="unseen">Result</h2>
<div class="result-body"><p class="empty">${hint}</p>${NO_SCRIPT}</div>
</div></section>`;

const codePane = (starter: string): string => `<section class="pane" id="pane-code" aria-label="Code">
<h2 class="unseen">Code</h2>
<div id="code"><pre id="still" tabindex="0" aria-label="Program">${highlight(starter, "ts")}</pre></div>
<script type="text/plain" id="starter">${starter}</script>
<p class="code-foot"><span>main.ts</span><span>Tab indents; Escape, then Tab leaves the editor.</span></p>
</section>`;

const menuButtons = (isLesson: boolean): string =>
  [
    isLesson && '<button type="button" id="show-worked">Worked example in the editor</button>',
    isLesson && '<button type="button" id="show-solution">Show the solution</button><hr>',
    '<button type="button" id="reset">Reset the program</button>',
    '<button type="button" id="undo-reset" hidden>Undo reset</button>',
    '<hr><button type="button" id="project">Download as a small project</button>',
  ]
    .filter(Boolean)
    .join("");

const shareDialog = `<dialog id="share" aria-labelledby="share-title"><h2 id="share-title">A link to this program</h2>
<p class="note">The whole program is in the link. It is shown to whoever opens it, and runs when they press Run.</p>
<label class="unseen" for="share-link">Link</label><input type="text" id="share-link" readonly>
<form method="dialog" class="dialog-actions"><button type="button" class="primary" id="share-copy">Copy</button><button>Close</button><span role="status" id="share-said"></span></form></dialog>`;

export function lessonPage(lesson: Lesson, lessons: readonly Lesson[]): PageOptions {
  const { slug, number, title, html, starter, solution, learnt, source, flax, about } = lesson;
  const next = lessons.find((other) => other.number === number + 1);
  const before = lessons.find((other) => other.number === number - 1);
  const nextLink = next
    ? `<a class="button primary" href="../${next.slug}/">Next: ${escapeHtml(next.title)}</a>`
    : '<a class="button primary" href="../../play/">On to the playground</a>';
  return {
    path: `learn/${slug}/`,
    title,
    description: about,
    section: "learn",
    script: "workbench",
    bodyClass: "bench-page",
    uses: RUNNER,
    extra: { lesson: `lessons/${slug}.json` },
    body: `<main id="workbench" data-kind="lesson" data-slug="${slug}" data-play="../../play/">
<div class="title-row"><div class="title-text"><p class="where">Lesson ${number} of ${lessons.length}</p><h1 id="main">${escapeHtml(title)} <span id="done" hidden>✓ done</span></h1></div>
<div class="actions">
<button type="button" class="primary" id="run">Run <kbd>Ctrl ↵</kbd></button>
<button type="button" id="check">Check <kbd>Ctrl ⇧ ↵</kbd></button>
<button type="button" id="stop" hidden>Stop <kbd>Esc</kbd></button>
<details class="menu"><summary>More</summary><div>${menuButtons(true)}</div></details>
<button type="button" id="share-open">Share</button>
</div></div>
${tabs([
  ["text", "Read"],
  ["code", "Code"],
  ["result", "Result"],
])}
<section class="pane" id="pane-text" aria-label="Lesson" tabindex="0" data-shown><div class="prose">${html}
<details class="fold"><summary>The solution, to read</summary><div class="code-block"><pre tabindex="0" role="region" aria-label="Solution"><code id="solution-code">${highlight(solution, "ts")}</code></pre></div></details>
<p class="note">${before ? `<a href="../${before.slug}/">Before: ${escapeHtml(before.title)}</a>` : '<a href="../">All lessons</a>'}${next ? ` · <a href="../${next.slug}/">Next: ${escapeHtml(next.title)}</a>` : ""}</p></div></section>
${codePane(starter)}
${resultPane("Run shows what the program exports. Check grades it.")}
<template id="after"><div class="after"><h2>Done.</h2><p>${escapeHtml(learnt)}</p><p>In flaxen: <code>${escapeHtml(source)}</code>. In Flax's documentation: ${escapeHtml(flax)}.</p><p>${nextLink}</p></div></template>
</main>${shareDialog}`,
  };
}

export function play(): PageOptions {
  const examples = EXAMPLES.map(
    ({ id, title }) => `<button type="button" data-example="${id}">${escapeHtml(title)}</button>`,
  );
  const texts = EXAMPLES.map(({ id, code }) => `<script type="text/plain" id="example-${id}">${code}</script>`);
  return {
    path: "play/",
    title: "Playground",
    description: "Write a program with flaxen; what it exports is shown: arrays as heat maps, models as trees.",
    section: "play",
    script: "workbench",
    bodyClass: "bench-page",
    uses: RUNNER,
    body: `<main id="workbench" data-kind="play" data-slug="play" data-play="./">
<div class="title-row"><div class="title-text"><h1 id="main">Playground <span id="done" hidden></span></h1></div>
<div class="actions">
<button type="button" class="primary" id="run">Run <kbd>Ctrl ↵</kbd></button>
<button type="button" id="stop" hidden>Stop <kbd>Esc</kbd></button>
<details class="menu"><summary>Examples</summary><div>${examples.join("")}</div></details>
<details class="menu"><summary>More</summary><div>${menuButtons(false)}</div></details>
<button type="button" id="share-open">Share</button>
</div></div>
${tabs([
  ["code", "Code"],
  ["result", "Result"],
])}
${codePane(EXAMPLES[0]!.code).replace('id="pane-code"', 'id="pane-code" data-shown')}
${resultPane("Run shows what the program exports: arrays as heat maps, models as trees.")}
<template id="after"></template>
</main>${shareDialog}${texts.join("")}`,
  };
}

/** Shown at any address, so it names no file: its style is in it, and its script looks for the site's first page. */
export function notFound(style: string, hash: (script: string) => string): string {
  const script = `const parts = location.pathname.split("/");
for (let n = 1; n < parts.length; n++) {
  const root = parts.slice(0, n).join("/") + "/";
  const answer = await fetch(root + "lessons/01-module-basics.json", { method: "HEAD" }).catch(() => undefined);
  if (!answer?.ok) continue;
  for (const link of document.querySelectorAll("a[data-to]")) link.href = root + link.dataset.to;
  break;
}`;
  const link = (to: string, text: string, kind: string): string =>
    `<a class="button${kind}" href="/${to}" data-to="${to}">${text}</a>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${hash(script)}; style-src 'unsafe-inline'; connect-src 'self'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>No such page · flaxen</title>
<link rel="icon" href="data:,"><style>${style}</style></head>
<body><main id="main" class="page"><h1>There is no page here</h1><p class="lead">The address may be old, or a letter is missing.</p>
<p class="hero-actions">${link("", "The first page", " primary")}${link("learn/", "All lessons", "")}${link("docs/", "Documents", "")}</p></main>
<script type="module">${script}</script></body></html>
`;
}
