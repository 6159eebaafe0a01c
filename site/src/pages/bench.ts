/** The bench in this browser: both paths, side by side. */
import { nnx, numpy as jnp, random, useBackend, backend } from "flaxen";
import { byId, h } from "../dom.ts";
import { startShell } from "./shell.ts";

startShell();

interface Work {
  readonly name: string;
  /** Gives what is timed. */
  readonly make: () => () => unknown;
}

const normal = (seed: number, ...shape: number[]): ReturnType<typeof random.normal> =>
  random.normal(random.key(seed), shape);
const WORKS: readonly Work[] = [
  {
    name: "x @ W, 64 × 64",
    make: () => {
      const [x, w] = [normal(0, 1, 64), normal(1, 64, 64)];
      return () => x.matmul(w);
    },
  },
  {
    name: "X @ W, 128 × 256 × 256",
    make: () => {
      const [x, w] = [normal(0, 128, 256), normal(1, 256, 256)];
      return () => x.matmul(w);
    },
  },
  {
    name: "MLP 784-256-10, batch 1",
    make: () => {
      const rngs = new nnx.Rngs(0);
      const m = new nnx.Sequential(new nnx.Linear(784, 256, { rngs }), nnx.relu, new nnx.Linear(256, 10, { rngs }));
      const x = normal(0, 1, 784);
      return () => m(x);
    },
  },
  {
    name: "Conv 3 × 3, 28 × 28, 1 to 16",
    make: () => {
      const c = new nnx.Conv(1, 16, [3, 3], { rngs: new nnx.Rngs(0) });
      const x = normal(0, 1, 28, 28, 1);
      return () => c(x);
    },
  },
  {
    name: "attention, 4 heads of 16, 64 positions",
    make: () => {
      const a = new nnx.MultiHeadAttention(4, 64, { decode: false, rngs: new nnx.Rngs(0) });
      const x = normal(0, 1, 64, 64);
      return () => a(x);
    },
  },
  {
    name: "layer norm, 64 × 256",
    make: () => {
      const n = new nnx.LayerNorm(256, { rngs: new nnx.Rngs(0) });
      const x = normal(0, 64, 256);
      return () => n(x);
    },
  },
  {
    name: "softmax, 64 × 256",
    make: () => {
      const x = normal(0, 64, 256);
      return () => nnx.softmax(x);
    },
  },
  {
    name: "100,000 normals",
    make: () => {
      let seed = 0;
      return () => random.normal(random.key(seed++), [100_000]);
    },
  },
  {
    name: "sum of 100,000",
    make: () => {
      const x = normal(0, 100_000);
      return () => jnp.sum(x);
    },
  },
];
const PART_MS = 60;
const PARTS = 7;

interface Time {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

const said = byId("said");
const body = byId("table").querySelector("tbody")!;
const rows: (readonly [string, Time, Time])[] = [];
const ms = (time: number): string =>
  time < 1 ? `${(time * 1000).toFixed(time < 0.01 ? 1 : 0)} µs` : `${time.toFixed(2)} ms`;
const spread = ({ low, high }: Time): string => `${ms(low)} to ${ms(high)}`;

const parallel = self.crossOriginIsolated
  ? "cross-origin isolated: threads would be possible"
  : "not cross-origin isolated: no threads";
byId("setup").textContent =
  `${navigator.hardwareConcurrency} logical processors; ${parallel}; one thread is measured. ${navigator.userAgent}`;

/** Milliseconds a call, over parts of equal length. */
async function time(run: () => unknown, path: "auto" | "core"): Promise<Time> {
  useBackend(path);
  for (let i = 0; i < 3; i++) run();
  const parts: number[] = [];
  for (let part = 0; part < PARTS; part++) {
    const begin = performance.now();
    let calls = 0;
    let now = begin;
    while (now - begin < PART_MS) {
      run();
      calls++;
      now = performance.now();
    }
    parts.push((now - begin) / calls);
    await new Promise((done) => setTimeout(done));
  }
  useBackend("auto");
  parts.sort((a, b) => a - b);
  return { median: parts[Math.floor(PARTS / 2)]!, low: parts[0]!, high: parts.at(-1)! };
}

async function measure(): Promise<void> {
  const button = byId<HTMLButtonElement>("start");
  button.disabled = true;
  body.replaceChildren();
  rows.length = 0;
  let hidden = document.hidden;
  document.addEventListener("visibilitychange", () => (hidden ||= document.hidden), { once: true });
  for (const { name, make } of WORKS) {
    said.textContent = `Measuring ${name} …`;
    await new Promise((done) => setTimeout(done, 20));
    const run = make();
    const [wasm, core] = [await time(run, "auto"), await time(run, "core")];
    rows.push([name, wasm, core]);
    const cells = [
      ms(wasm.median),
      spread(wasm),
      ms(core.median),
      spread(core),
      `${(core.median / wasm.median).toFixed(1)} ×`,
    ];
    body.append(h("tr", {}, h("th", { scope: "row" }, name), ...cells.map((cell) => h("td", { class: "mono" }, cell))));
  }
  const { name, reason } = backend();
  const paths = name === "wasm" ? "" : ` There is no WebAssembly here: both columns are TypeScript. ${reason}`;
  const warning = hidden ? " The tab was hidden meanwhile: browsers slow such tabs, so measure again." : "";
  said.textContent = `Measured.${warning}${paths}${await onBattery()}`;
  button.disabled = false;
  byId<HTMLButtonElement>("copy").disabled = false;
}

async function onBattery(): Promise<string> {
  const { getBattery } = navigator as { getBattery?: () => Promise<{ charging: boolean }> };
  const battery = await getBattery?.call(navigator).catch(() => undefined);
  return battery?.charging === false ? " The machine runs on battery, which may slow it." : "";
}

function markdown(): string {
  const lines = rows.map(
    ([name, wasm, core]) =>
      `| ${name} | ${ms(wasm.median)} | ${ms(core.median)} | ${(core.median / wasm.median).toFixed(1)} |`,
  );
  return [
    "| work | WebAssembly | TypeScript | ratio |",
    "| --- | --: | --: | --: |",
    ...lines,
    "",
    navigator.userAgent,
  ].join("\n");
}

byId("start").addEventListener("click", () => void measure());
byId("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(markdown());
    said.textContent = "Copied.";
  } catch {
    said.replaceChildren(
      "The clipboard is closed; here it is:",
      h("textarea", { readonly: true, rows: 12, cols: 80, "aria-label": "The table as Markdown" }, markdown()),
    );
  }
});
