/** A small GPT writes, letter by letter. */
import { nnx, numpy as jnp, random } from "flaxen";
import type { NDArray } from "flaxen";
import { loadInto, readSafetensors } from "flaxen/weights";
import { decode, encode } from "../../../examples/models/gpt/generate.ts";
import { CharGPT, CONFIG, VOCABULARY } from "../../../examples/models/gpt/model.ts";
import { fetchWeights, whenLoaded } from "../demos/load.ts";
import { byId, h } from "../dom.ts";
import { startShell } from "./shell.ts";

startShell();

const SUMMER = "Shall I compare thee to a summer's day?";
/** What Flax wrote, with the weights in float32: prompt, temperature, seed, text. */
const RECORDED = [
  [SUMMER, 0.8, 7, "Yet the thinking of heart findow, but thou showser'st,\nAnd speaur not bash eauty face me,"],
  [SUMMER, 0, 7, "The when I see the world the with the world thee,\nAnd the the will the will the will the "],
  [
    "When to the sessions of sweet silent thought",
    0.8,
    7,
    "And the thinking of heaven thee, which plates of rest,\nAnd speauth, in as me to beau",
  ],
] as const;

const field = (id: string): HTMLInputElement => byId<HTMLInputElement>(id);
const written = byId("written");
const said = byId("said");
/** Set by Stop. */
const writing = { stopped: false };

const address = new URLSearchParams(location.search);
field("prompt").value = address.get("prompt") ?? SUMMER;
for (const [name, id] of [
  ["temperature", "temperature"],
  ["k", "top-k"],
  ["seed", "seed"],
] as const) {
  const given = address.get(name);
  if (given !== null && Number.isFinite(Number(given))) field(id).value = given;
}

await whenLoaded(async () => {
  const bytes = await fetchWeights("gpt");
  const model = new CharGPT(CONFIG, new nnx.Rngs(0));
  await loadInto(model, readSafetensors(bytes));
  model.eval();
  byId("form").addEventListener("submit", (event) => {
    event.preventDefault();
    void write(model);
  });
  byId("stop").addEventListener("click", () => (writing.stopped = true));
});

/** Logits of the next letter for the letters so far; over the cache, or afresh each time. */
function reader(model: CharGPT, cached: boolean): (tokens: readonly number[]) => NDArray {
  if (!cached)
    return (tokens) => {
      const window = tokens.slice(-CONFIG.context);
      return model(jnp.array(Int32Array.from(window)).reshape([1, -1])).slice(0, window.length - 1);
    };
  model.initCache(1);
  let position = 0;
  return (tokens) => {
    let logits: NDArray | undefined;
    for (; position < tokens.length; position++)
      logits = model(jnp.array([[tokens[position]!]], "int32"), { decode: true, position }).reshape([-1]);
    return logits!;
  };
}

async function write(model: CharGPT): Promise<void> {
  const prompt = field("prompt").value;
  const strange = [...prompt].find((letter) => !VOCABULARY.includes(letter));
  if (strange !== undefined || prompt === "") {
    said.textContent = prompt === "" ? "Write a prompt first." : `The model does not know the letter ${strange}.`;
    return;
  }
  const [temperature, topK, seed] = [
    Number(field("temperature").value),
    Number(field("top-k").value),
    Math.trunc(Number(field("seed").value)),
  ];
  const cached = field("cache").checked;
  history.replaceState(
    null,
    "",
    `?${new URLSearchParams({ prompt, temperature: `${temperature}`, k: `${topK}`, seed: `${seed}` }).toString()}`,
  );
  setWriting(true);
  written.replaceChildren(h("span", { class: "given" }, `${prompt}\n`));
  byId("best").replaceChildren();
  const tokens = encode(`${prompt}\n`).slice(-CONFIG.context + 1);
  const key = random.key(seed);
  const next = reader(model, cached);
  const count = CONFIG.context - tokens.length + 1;
  let ms = 0;
  let text = "";
  for (let step = 0; step < count && !writing.stopped; step++) {
    const begin = performance.now();
    const logits = next(tokens);
    const token = choose(logits, temperature, topK, random.foldIn(key, step));
    ms += performance.now() - begin;
    tokens.push(token);
    const letter = decode([token]);
    text += letter;
    addLetter(letter, token, nnx.softmax(logits).tolist() as number[]);
    const how = cached ? "" : ", each computed afresh";
    said.textContent = `${step + 1} letters, ${(ms / (step + 1)).toFixed(1)} ms each${how}.`;
    await new Promise((done) => setTimeout(done));
  }
  const recorded = RECORDED.find(([p, t, s]) => p === prompt && t === temperature && (t === 0 || s === seed));
  const same = recorded && topK === 0 && text === recorded[3];
  said.textContent += writing.stopped ? " Stopped." : " Its 128 letters are full.";
  if (same) said.append(h("strong", { class: "mark good" }, " ✓ letter for letter what Flax wrote."));
  setWriting(false);
}

function choose(logits: NDArray, temperature: number, topK: number, key: random.Key): number {
  if (temperature === 0) return jnp.argmax(logits).item();
  if (topK > 0) return random.sampleLogits(key, logits, { temperature, topK }).item();
  return random.categorical(key, logits.div(temperature)).item();
}

function addLetter(letter: string, token: number, chances: readonly number[]): void {
  const chance = chances[token]!;
  const span = h(
    "span",
    { style: `background: color-mix(in srgb, var(--accent) ${Math.round(chance * 38)}%, transparent)` },
    letter,
  );
  span.addEventListener("click", () => select(span));
  letters.set(span, { token, chances });
  written.append(span);
}

const letters = new WeakMap<Element, { token: number; chances: readonly number[] }>();

function select(span: Element): void {
  written.querySelector(".chosen")?.classList.remove("chosen");
  span.classList.add("chosen");
  const { token, chances } = letters.get(span)!;
  const best = [...chances.keys()].sort((a, b) => chances[b]! - chances[a]!).slice(0, 10);
  const name = (at: number): string => ({ "\n": "↵", " ": "␣" })[VOCABULARY[at]!] ?? VOCABULARY[at]!;
  byId("best-of").textContent = `Written: ${name(token)}, with ${(100 * chances[token]!).toFixed(1)} %.`;
  byId("best").replaceChildren(
    ...best.map((at) => {
      const bar = h("i", {});
      bar.style.width = `${100 * chances[at]!}%`;
      return h(
        "li",
        { class: at === token ? "best" : "" },
        h("span", {}, name(at)),
        h("span", { class: "bar" }, bar),
        h("span", {}, `${(100 * chances[at]!).toFixed(1)} %`),
      );
    }),
  );
}

written.addEventListener("keydown", (event) => {
  const spans = [...written.querySelectorAll("span:not(.given)")];
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (by === undefined || spans.length === 0) return;
  event.preventDefault();
  const at = spans.findIndex((span) => span.classList.contains("chosen"));
  select(spans[Math.min(spans.length - 1, Math.max(0, at + by))]!);
});

function setWriting(on: boolean): void {
  writing.stopped = false;
  byId("stop").hidden = !on;
  byId<HTMLButtonElement>("write").disabled = on;
}
