/**
 * One pass of the comparison, in a process of its own: every row on the old package, the new one, and a second copy of
 * the old one, which is the control. Prints a line of JSON a row.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { NDArray } from "flaxen";
import type { PassRequest, PassRow } from "./protocol.ts";
import { median, ROLES } from "./protocol.ts";
import type { Row, Run } from "./row.ts";

const LEAST_ROUNDS = 9;
/** Long against the clock, short enough that the three of a round meet the same load. */
const ROUND_MS = 3;
/** A row's share that goes to compiling it before it is timed. */
const WARM_UP = 0.3;

await main(JSON.parse(process.argv[2]!) as PassRequest);

async function main({ folder, names, budget, first }: PassRequest): Promise<void> {
  const order = ROLES.map((_, i) => (i + first) % ROLES.length);
  const tables: Row[][] = [];
  for (const role of order) {
    const url = pathToFileURL(join(folder, ROLES[role]!, "rows.js")).href;
    tables[role] = [...((await import(url)) as { ROWS: readonly Row[] }).ROWS];
  }
  for (const name of names) {
    const runs = tables.map((rows) => rows.find((row) => row.name === name)!.make());
    process.stdout.write(`${JSON.stringify({ name, ...time(runs, budget / names.length, order) })}\n`);
    (globalThis as { gc?(): void }).gc?.();
  }
}

/** Times three runs in turn, round after round, for `budget` milliseconds. */
function time(runs: readonly Run[], budget: number, order: readonly number[]): Omit<PassRow, "name"> {
  const [old, renewed] = runs.map((run) => run(1)) as [NDArray | number, NDArray | number];
  const start = performance.now();
  let repeats = 1;
  let ms = 0;
  // Each run sees the same numbers of repeats, so that all are compiled after the same experience.
  while (performance.now() - start < budget * WARM_UP) {
    ms = Math.min(...runs.map((run) => timed(run, repeats)));
    if (ms < ROUND_MS) repeats = Math.max(repeats + 1, Math.min(repeats * 2, Math.round((repeats * ROUND_MS) / ms)));
  }
  const times: number[][] = runs.map(() => []);
  for (let round = 0; round < LEAST_ROUNDS || performance.now() - start < budget; round++) {
    for (let i = 0; i < runs.length; i++) {
      const role = order[(i + round) % order.length]!;
      times[role]!.push(timed(runs[role]!, repeats));
    }
  }
  const ratioOf = (role: number): number => median(times[role]!.map((t, round) => t / times[0]![round]!));
  return {
    ns: (median(times[0]!) * 1e6) / repeats,
    ratio: ratioOf(1),
    control: ratioOf(2),
    same: describe(old) === describe(renewed),
  };
}

/**
 * Milliseconds of the processor's time: a busy machine, where the process waits for its turn, does not lengthen it. V8
 * has one thread under `--predictable`; with `--concurrent` the time of its helpers counts too.
 */
function timed(run: Run, repeats: number): number {
  const start = process.cpuUsage();
  run(repeats);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** The bits of a result as text, its dtype and shape before them. */
function describe(x: NDArray | number): string {
  if (typeof x === "number") return String(x);
  const { data } = x;
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return `${x.dtype} [${x.shape.join(", ")}] ${bytes.toString("base64")}`;
}
