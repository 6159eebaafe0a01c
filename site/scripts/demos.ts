/** The pages of the demos: their bodies. */
import type { PageOptions } from "./template.ts";

const LEAD = '<p class="lead">';

export function demoPages(): PageOptions[] {
  return [start(), digits(), text(), train(), bench()];
}

function start(): PageOptions {
  return {
    path: "demos/",
    title: "Demos",
    description:
      "Trained models that run in the page: digits, a small GPT, and a network that learns before your eyes.",
    section: "demos",
    script: "plain",
    body: `<main id="main" class="page"><h1>See it run</h1>${LEAD}Two models trained in Flax, and one that you train here. Everything runs in this page; nothing that you draw or write leaves it.</p>
<ul class="doors">
<li><a href="digits/"><strong>Draw a digit</strong><span>A convolutional network reads it while you draw.</span></a></li>
<li><a href="text/"><strong>Let a GPT write</strong><span>A small GPT that has read Shakespeare's sonnets, letter by letter, with the chances of each.</span></a></li>
<li><a href="train/"><strong>Watch a network learn</strong><span>An MLP learns a plane of points: its decisions and its loss, step by step.</span></a></li>
</ul></main>`,
  };
}

const loading = (what: string): string =>
  `<div id="loading"><p id="loading-said" role="status">Loading ${what} …</p><progress id="loading-bar" max="1" aria-label="Loading"></progress></div><noscript><p class="feedback">This demo needs JavaScript.</p></noscript>`;

function digits(): PageOptions {
  const bars = Array.from(
    { length: 10 },
    (_, digit) => `<li><span>${digit}</span><span class="bar"><i></i></span><span>0 %</span></li>`,
  ).join("");
  return {
    path: "demos/digits/",
    title: "Draw a digit",
    description: "A convolutional network, trained in Flax, reads the digit that you draw.",
    section: "demos",
    script: "digits",
    uses: ["digits"],
    wasm: true,
    body: `<main id="main" class="page"><h1>Draw a digit</h1>${LEAD}A small convolutional network, trained in Flax, reads what you draw at every stroke. It knew 99.3 % of ten thousand digits that it had never seen.</p>
${loading("the weights, 415 KiB")}
<div class="demo" id="demo" hidden>
<section aria-labelledby="draw-title"><h2 id="draw-title">Your digit</h2>
<canvas id="pad" width="280" height="280" tabindex="0" role="application" aria-label="Drawing pad of 28 by 28. Draw with finger or mouse, or move with the arrow keys and ink with space." aria-describedby="draw-help"></canvas>
<p class="note" id="draw-help">Finger, mouse, or keys: arrows move, space inks.</p>
<p class="controls"><button type="button" id="clear">Clear</button><button type="button" class="primary" id="show-one">Show me one</button></p></section>
<section aria-labelledby="read-title"><h2 id="read-title">What the network reads</h2>
<ol class="bars" id="bars">${bars}</ol>
<p role="status" id="reading" class="note">Nothing is drawn yet.</p>
<h2>The 16 maps of the first layer</h2><div class="maps" id="maps" role="img" aria-label="What the sixteen features of the first layer see"></div>
<h2>Shapes through the network</h2><div class="scroll" tabindex="0" role="region" aria-label="Shapes"><table><thead><tr><th scope="col">layer</th><th scope="col">output</th><th scope="col">parameters</th></tr></thead><tbody id="shapes"></tbody></table></div>
<p class="note">The weights are the file that Python wrote. On the recorded test images the logits agree with Flax's to within four times JAX's own float32 error; a test in the project holds it.</p></section>
</div></main>`,
  };
}

function text(): PageOptions {
  return {
    path: "demos/text/",
    title: "Let a GPT write",
    description: "A character GPT, trained in Flax on Shakespeare's sonnets, writes letter by letter.",
    section: "demos",
    script: "text",
    uses: ["gpt"],
    wasm: true,
    body: `<main id="main" class="page"><h1>Let a GPT write</h1>${LEAD}A GPT of 820,000 weights, trained in Flax on Shakespeare's sonnets. It makes one letter after the other; the stronger the colour behind it, the surer it was. The same seed writes the same text on every machine.</p>
${loading("the weights, 1.6 MB")}
<div id="demo" hidden>
<form class="controls" id="form">
<label style="flex: 1 1 20rem">Prompt<input type="text" id="prompt" maxlength="100" autocomplete="off"></label>
<label>Temperature<input type="number" id="temperature" min="0" max="3" step="0.1" value="0.8"></label>
<label>Top-k, 0 is all<input type="number" id="top-k" min="0" max="61" step="1" value="0"></label>
<label>Seed<input type="number" id="seed" min="0" max="4294967295" step="1" value="7"></label>
<label class="check"><input type="checkbox" id="cache" checked>decode cache</label>
<button class="primary" id="write">Write</button><button type="button" id="stop" hidden>Stop</button>
</form>
<div class="written" id="written" tabindex="0" role="region" aria-label="The text"></div>
<p class="note" id="said" role="status">Press Write.</p>
<section aria-labelledby="best-title"><h2 id="best-title">The ten likeliest</h2><p class="note" id="best-of">Choose a letter of the text: click it, or move with the arrow keys.</p><ol class="bars" id="best"></ol></section>
</div></main>`,
  };
}

function train(): PageOptions {
  return {
    path: "demos/train/",
    title: "Watch a network learn",
    description: "An MLP learns to tell two kinds of points apart, step by step, the same on every machine.",
    section: "demos",
    script: "train",
    wasm: true,
    body: `<main id="main" class="page"><h1>Watch a network learn</h1>${LEAD}An MLP learns to tell orange points from blue ones. The ground shows what it would say everywhere. The same seed draws the same curve on every machine.</p>
<div class="demo">
<section aria-labelledby="plane-title"><h2 id="plane-title">The plane</h2><canvas id="plane" width="420" height="420" role="img" aria-label="Points and what the network says about the plane"></canvas>
<p class="controls"><button type="button" class="primary" id="play">Play</button><button type="button" id="step">Step</button><button type="button" id="again">Start again</button></p></section>
<section aria-labelledby="set-title"><h2 id="set-title">The network</h2>
<div class="controls">
<label>Points<select id="points"><option value="moons">two moons</option><option value="circle">circle and ring</option><option value="xor">four corners</option><option value="spiral">two spirals</option></select></label>
<label>Hidden layers<select id="layers"><option>1</option><option selected>2</option><option>3</option><option>4</option></select></label>
<label>Width<select id="width"><option>4</option><option>8</option><option selected>16</option><option>32</option></select></label>
<label>Rate<select id="rate"><option>0.003</option><option selected>0.01</option><option>0.03</option><option>0.1</option></select></label>
<label>Seed<input type="number" id="seed" min="0" max="4294967295" step="1" value="0"></label>
</div>
<p id="said" role="status">Step 0</p>
<h2>Loss</h2><canvas id="loss" width="680" height="280" role="img" aria-label="Loss at each step"></canvas>
<p class="note">Binary cross-entropy over all 256 points, <code>optax.adam</code>, gradients by <code>nnx.valueAndGrad</code>.</p></section>
</div><noscript><p class="feedback">This demo needs JavaScript.</p></noscript></main>`,
  };
}

function bench(): PageOptions {
  return {
    path: "bench/",
    title: "Bench",
    description: "How fast flaxen is in your own browser, on both of its paths.",
    section: "bench",
    script: "bench",
    wasm: true,
    body: `<main id="main" class="page"><h1>Your browser's bench</h1>${LEAD}Both paths of flaxen, WebAssembly and TypeScript, on this machine. They give the same bits; only the time differs.</p>
<p class="controls"><button type="button" class="primary" id="start">Measure</button><button type="button" id="copy" disabled>Copy as Markdown</button></p>
<p role="status" id="said" class="note">It takes about ten seconds. Leave the tab in front.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Measurements"><table id="table"><thead><tr><td></td><th scope="colgroup" colspan="3">this browser</th><th scope="colgroup" colspan="2">recorded</th></tr><tr><th scope="col">work</th><th scope="col">WebAssembly</th><th scope="col">TypeScript</th><th scope="col">ratio</th><th scope="col">WebAssembly</th><th scope="col">TypeScript</th></tr></thead><tbody></tbody></table></div>
<p class="note" id="setup"></p>
<p class="note"><span id="recorded"></span> More figures of Node stand in <a href="../docs/results/">Results</a>.</p>
<noscript><p class="feedback">The bench needs JavaScript.</p></noscript></main>`,
  };
}
