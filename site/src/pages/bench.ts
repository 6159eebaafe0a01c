/** The bench in this browser: both paths, side by side, beside what was recorded in Node. */
import { backend } from "flaxen";
import recorded from "../bench/recorded.json" with { type: "json" };
import type { Time } from "../bench/time.ts";
import { time } from "../bench/time.ts";
import { WORKS } from "../bench/works.ts";
import { byId, h } from "../dom.ts";
import { startShell } from "./shell.ts";

startShell();

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

const recordedOf = (name: string): readonly string[] => {
  const row = (recorded.rows as Record<string, { wasm: number; core: number }>)[name];
  return row === undefined ? ["", ""] : [ms(row.wasm), ms(row.core)];
};

/** A row of the table; before it is measured it has the recorded figures alone. */
function rowOf(name: string, measured?: readonly [wasm: Time, core: Time]): HTMLTableRowElement {
  const own = measured?.map((time) => h("td", {}, ms(time.median), h("small", {}, spread(time)))) ?? [h("td"), h("td")];
  const ratio = measured === undefined ? "" : ratioOf(...measured);
  const others = [ratio, ...recordedOf(name)].map((text) => h("td", {}, text));
  return h("tr", {}, h("th", { scope: "row" }, name), ...own, ...others);
}

const ratioOf = (wasm: Time, core: Time): string => `${(core.median / wasm.median).toFixed(1)} ×`;

byId("recorded").textContent = `Recorded: ${recorded.where}, ${recorded.date}.`;
body.replaceChildren(...WORKS.map(({ name }) => rowOf(name)));

async function measure(): Promise<void> {
  const button = byId<HTMLButtonElement>("start");
  button.disabled = true;
  rows.length = 0;
  let hidden = document.hidden;
  document.addEventListener("visibilitychange", () => (hidden ||= document.hidden), { once: true });
  for (const [i, { name, make }] of WORKS.entries()) {
    said.textContent = `Measuring ${name} …`;
    await new Promise((done) => setTimeout(done, 20));
    const run = make();
    const [wasm, core] = [await time(run, "auto"), await time(run, "core")];
    rows.push([name, wasm, core]);
    body.rows[i]!.replaceWith(rowOf(name, [wasm, core]));
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
    ([name, wasm, core]) => `| ${name} | ${ms(wasm.median)} | ${ms(core.median)} | ${ratioOf(wasm, core)} |`,
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
