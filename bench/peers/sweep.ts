/**
 * `npm run bench:sweep`: more than 130 shapes of operations, flaxen beside the best of TensorFlow.js, onnxruntime-web
 * and LiteRT.js, as one table. `npm run bench:sweep -- --only pooling` runs one group (sweep/groups.ts), further words
 * choose rows by their names; `--save` keeps the table in bench/results.
 */
import { spawnSync } from "node:child_process";
import { commandLine, failUsage } from "../../scripts/commandline.ts";
import { machine } from "../machine.ts";
import { formatFigure, table } from "../table.ts";
import { HERE, installPeers, versions } from "./peers.ts";
import { saveReport } from "./results.ts";
import type { Failure, Result } from "./sweep/groups.ts";
import { GROUPS } from "./sweep/groups.ts";

/** What the summary counts. */
const LEVEL = 1;
const FAR_BEHIND = 0.7;
const US = 1000;

process.exitCode = main();

function main(): number {
  const options = { only: { type: "string" }, save: { type: "boolean" } } as const;
  const { values, positionals: words } = commandLine(import.meta.url, options, Infinity);
  const { only } = values;
  if (only !== undefined && !GROUPS.some((group) => group === only))
    failUsage(import.meta.url, `--only expected ${GROUPS.join(", ")}, got "${only}"`, options);
  if (!installPeers()) return 1;
  const heading = `${machine()}; ${versions().join(", ")}`;
  process.stdout.write(`${heading}\n`);
  const groups = GROUPS.filter((group) => only === undefined || group === only);
  const rows = groups.flatMap((group) => run(group, words));
  if (rows.length === 0) failUsage(import.meta.url, `no row is named like ${words.join(" ")}`, options);
  const results = rows.filter((row): row is Result => !("error" in row));
  const failures = rows.filter((row): row is Failure => "error" in row);
  const report = `${tableOf(results)}${summary(results)}`;
  process.stdout.write(report);
  for (const { name, error } of failures) process.stderr.write(`bench:sweep: ${name}: ${error}\n`);
  if (values.save) saveReport(heading, report, "sweep");
  return failures.length > 0 ? 1 : 0;
}

/** A process each: what one group leaves in the libraries' memory does not slow the next. */
function run(group: string, words: readonly string[]): (Result | Failure)[] {
  const { status, stdout } = spawnSync(process.execPath, [...process.execArgv, "sweep/group.ts", group, ...words], {
    cwd: HERE,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = stdout.split("\n").filter((line) => line.startsWith("{"));
  const rows = lines.map((line) => JSON.parse(line) as Result | Failure);
  return status === 0 ? rows : [...rows, { name: group, error: `the process ended with ${status}` }];
}

function tableOf(results: readonly Result[]): string {
  const rows = results.map(({ name, tolerance, flaxen, peer, ratio, spread, byLeast }) => [
    name,
    formatFigure(flaxen / US),
    formatFigure(peer.time / US),
    peer.name,
    ratio.toFixed(2),
    spread.map((bound) => bound.toFixed(2)).join(".."),
    byLeast.toFixed(2),
    tolerance === 0 ? "equal" : tolerance.toExponential(0),
  ]);
  const headings = ["operation", "flaxen", "best peer", "which", "ratio", "spread", "by least", "agrees to"];
  return `\n### sweep: us a call; best peer / flaxen in a round, median and quartiles\n\n${table(headings, rows)}\n`;
}

function reasonFor({ reason, spread: [low, high] }: Result): string {
  if (reason !== undefined) return reason;
  return low < LEVEL && high >= LEVEL ? "level: its quartiles lie on both sides of 1" : "no reason recorded";
}

function summary(results: readonly Result[]): string {
  const behind = results.filter(({ ratio }) => ratio < LEVEL).toSorted((a, b) => a.ratio - b.ratio);
  const far = behind.filter(({ ratio }) => ratio < FAR_BEHIND);
  const level = results.length - behind.length;
  const percent = Math.round((100 * level) / Math.max(1, results.length));
  const reasons = behind.map((result) => `- ${result.ratio.toFixed(2)} ${result.name}: ${reasonFor(result)}\n`);
  return (
    `\n${results.length} rows: ${level} at or above 1.0 (${percent} %), ${far.length} below 0.7.\n` +
    (behind.length > 0 ? `\nBelow 1.0, worst first:\n\n${reasons.join("")}` : "")
  );
}
