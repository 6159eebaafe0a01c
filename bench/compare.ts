/**
 * `npm run bench:compare -- OLD NEW`: two built packages side by side, with OLD against a copy of itself as the
 * control.
 *
 *     npm run bench:compare -- ../before . [--filter REGEX] [--passes 5] [--seconds 140]
 *       [--entry node/index.js] [--concurrent]
 *
 * OLD and NEW are checkouts with a dist folder, or dist folders. Each pass is a fresh process that loads the three and
 * times every row on them in turn; the passes differ in who comes first. The table has the median of the passes.
 *
 * Engines compile while the program runs on, and what they inline depends on the moment: two copies of one package
 * differ by up to 80 % in calls of 50 ns, for the life of a process. `--predictable` makes V8 compile at once, and the
 * same every time, which leaves 2 % (Node 20, 2026-12). `--concurrent` compiles as users do, for a second look.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { commandLine, failUsage } from "../scripts/commandline.ts";
import type { PassRequest, PassRow } from "./compare/protocol.ts";
import { median, ROLES } from "./compare/protocol.ts";
import { ROWS } from "./compare/rows.ts";
import { machine } from "./machine.ts";
import { formatFigure, printTable } from "./table.ts";

/** A row may be slower by this factor plus the control's spread. */
const LIMIT = 1.03;
/** The geometric mean of all rows may be this much. */
const MEAN_LIMIT = 1.01;

interface Result {
  readonly name: string;
  readonly ns: number;
  readonly ratio: number;
  readonly control: number;
  /** How far the control was from 1: the median of the passes. */
  readonly spread: number;
  readonly same: boolean;
}

const OPTIONS = {
  filter: { type: "string", default: "" },
  passes: { type: "string", default: "5" },
  seconds: { type: "string", default: "140" },
  entry: { type: "string", default: "node/index.js" },
  concurrent: { type: "boolean", default: false },
} as const;

process.exitCode = main();

function main(): number {
  const { values, positionals } = commandLine(import.meta.url, OPTIONS, 2);
  const [old, renewed] = positionals;
  if (old === undefined || renewed === undefined) failUsage(import.meta.url, "expected OLD NEW", OPTIONS);
  const wanted = new RegExp(values.filter);
  const names = ROWS.map((row) => row.name).filter((name) => wanted.test(name));
  const passes = Number(values.passes);
  const folder = mkdtempSync(join(tmpdir(), "flaxen-compare-"));
  try {
    for (const role of ROLES) install(join(folder, role), role === "new" ? renewed : old, values.entry);
    const budget = (Number(values.seconds) * 1000) / passes;
    const rows: PassRow[][] = [];
    for (let pass = 0; pass < passes; pass++) {
      // The second half of the rows first, and so on: what ran before a row shapes how it is compiled.
      const cut = Math.floor((pass * names.length) / passes);
      const order = [...names.slice(cut), ...names.slice(0, cut)];
      rows.push(run({ folder, names: order, budget, first: pass % ROLES.length }, values.concurrent));
    }
    return report(names.map((name) => resultOf(rows.map((of) => of.find((row) => row.name === name)!))));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Makes `folder` a program that has the rows, and the package at `path` among its modules. */
function install(folder: string, path: string, entry: string): void {
  const dist = [join(resolve(path), "dist"), resolve(path)].find((candidate) => existsSync(join(candidate, entry)));
  if (dist === undefined)
    throw new Error(`bench:compare: expected a built package at ${path}, found no ${entry} there`);
  const home = join(folder, "node_modules", "flaxen");
  mkdirSync(home, { recursive: true });
  cpSync(dist, join(home, "dist"), { recursive: true });
  writeFileSync(
    join(home, "package.json"),
    JSON.stringify({ name: "flaxen", type: "module", exports: { ".": `./dist/${entry}` } }),
  );
  buildSync({
    entryPoints: [fileURLToPath(new URL("compare/rows.ts", import.meta.url))],
    outfile: join(folder, "rows.js"),
    bundle: true,
    format: "esm",
    target: "es2022",
    external: ["flaxen", "node:*"],
    logLevel: "warning",
  });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
}

function run(request: PassRequest, concurrent: boolean): PassRow[] {
  const file = fileURLToPath(new URL("compare/pass.ts", import.meta.url));
  const options = [
    ...(concurrent ? [] : ["--predictable"]),
    "--expose-gc",
    "--import",
    "tsx",
    file,
    JSON.stringify(request),
  ];
  const { status, stdout, error } = spawnSync(process.execPath, options, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`bench:compare: a pass ended with ${status}`);
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as PassRow);
}

function resultOf(passes: readonly PassRow[]): Result {
  return {
    name: passes[0]!.name,
    ns: median(passes.map((row) => row.ns)),
    ratio: median(passes.map((row) => row.ratio)),
    control: median(passes.map((row) => row.control)),
    spread: median(passes.map((row) => Math.abs(row.control - 1))),
    same: passes.every((row) => row.same),
  };
}

/** Prints the table. @returns 1 where a limit is exceeded, else 0 */
function report(results: readonly Result[]): number {
  process.stdout.write(`${machine()}\n`);
  printTable(
    "new / old, and old / old as the control: medians of the passes; spread: the control's distance from 1",
    ["work", "old, us", "new / old", "control", "spread"],
    results.map(({ name, ns, ratio, control, spread, same }) => [
      same ? name : `${name} (other bits)`,
      formatFigure(ns / 1000),
      ratio.toFixed(3),
      control.toFixed(3),
      spread.toFixed(3),
    ]),
  );
  const mean = geometricMean(results.map((row) => row.ratio));
  const control = geometricMean(results.map((row) => row.control));
  const slower = results.filter(({ ratio, spread }) => ratio > LIMIT + spread);
  const different = results.filter(({ same }) => !same);
  process.stdout.write(
    [
      "",
      `geometric mean of ${results.length} rows: ${mean.toFixed(4)} ` +
        `(control ${control.toFixed(4)}, limit ${MEAN_LIMIT})`,
      `above ${LIMIT} plus the control's spread: ${listed(slower)}`,
      `other bits: ${listed(different)}`,
      "",
    ].join("\n"),
  );
  return mean > MEAN_LIMIT || slower.length > 0 || different.length > 0 ? 1 : 0;
}

function listed(rows: readonly Result[]): string {
  return rows.length === 0 ? "none" : rows.map(({ name, ratio }) => `${name} (${ratio.toFixed(3)})`).join("; ");
}

function geometricMean(values: readonly number[]): number {
  let product = 1;
  for (const value of values) product *= value ** (1 / values.length);
  return product;
}
