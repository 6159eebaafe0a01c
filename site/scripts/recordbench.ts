/** `tsx scripts/recordbench.ts`: the bench of the page in Node, kept to stand beside a browser's figures. */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { time } from "../src/bench/time.ts";
import { WORKS } from "../src/bench/works.ts";
import { SITE } from "./places.ts";

const rows: Record<string, { wasm: number; core: number }> = {};
for (const { name, make } of WORKS) {
  const run = make();
  const [wasm, core] = [await time(run, "auto"), await time(run, "core")];
  rows[name] = { wasm: Number(wasm.median.toPrecision(3)), core: Number(core.median.toPrecision(3)) };
}
const where = `Node ${process.versions.node.split(".")[0]}, ${cpus()[0]!.model.replace(/\s+/g, " ").trim()}`;
const recorded = { date: new Date().toISOString().slice(0, 10), where, rows };
writeFileSync(join(SITE, "src/bench/recorded.json"), `${JSON.stringify(recorded, undefined, 2)}\n`);
