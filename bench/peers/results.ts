/**
 * Keeps what `npm run bench:peers -- --save` measured: each run is a file of bench/results, and RESULTS.md is one page
 * made of the newest tables of each Node. `node --import tsx bench/peers/results.ts` writes the page anew.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { table } from "../table.ts";

const RUNS = new URL("../results/", import.meta.url);
const PAGE = new URL("../../RESULTS.md", import.meta.url);

/** Between these two lines of RESULTS.md stands what this file writes. */
const BEGIN = "<!-- tables: begin -->\n";
const END = "<!-- tables: end -->\n";

/** The columns that are libraries; loops without one and Math.random are not peers. */
const PEERS = new Set(["TensorFlow.js", "TensorFlow.js cpu", "onnxruntime-web", "jax-js", "LiteRT.js"]);

/** A table of a run: its title, and for each row the best peer's time as a multiple of flaxen's. */
interface Ratios {
  readonly title: string;
  readonly rows: ReadonlyMap<string, number>;
}

/** Adds a run and writes the page anew. */
export function saveRun(heading: string, report: string): void {
  saveReport(heading, report);
  writePage();
}

/** Adds a file DATE-nodeNN-SUBJECT.md, with a number if there is one of that name. */
export function saveReport(heading: string, report: string, subject?: string): void {
  const [, node] = /node v(\d+)/.exec(heading)!;
  const [date] = /\d{4}-\d\d-\d\d/.exec(heading)!;
  const stem = [`${date}-node${node}`, ...(subject === undefined ? [] : [subject])].join("-");
  let name = stem;
  for (let n = 2; existsSync(new URL(`${name}.md`, RUNS)); n++) name = `${stem}-${n}`;
  writeFileSync(new URL(`${name}.md`, RUNS), `# ${heading}\n${report.replace(/^### /gm, "## ")}`);
}

function writePage(): void {
  const text = readFileSync(PAGE, "utf8");
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`RESULTS.md expected the lines ${BEGIN.trim()} and ${END.trim()}`);
  writeFileSync(PAGE, text.slice(0, begin + BEGIN.length) + page() + text.slice(end));
}

/** For each table one of ratios, a column for each Node. */
function page(): string {
  const files = readdirSync(RUNS)
    .filter((name) => /-node\d+.*\.md$/.test(name))
    .map((name) => name.slice(0, -".md".length))
    .sort();
  const nodes = [...new Set(files.map(nodeOf))].sort((a, b) => a - b);
  const newest = new Map(nodes.map((node) => [node, newestTables(files.filter((name) => nodeOf(name) === node))]));
  const titles = [...new Set(nodes.flatMap((node) => [...newest.get(node)!.keys()]))];
  return titles.map((title) => section(title, nodes, newest)).join("");
}

function section(
  title: string,
  nodes: readonly number[],
  newest: ReadonlyMap<number, ReadonlyMap<string, Ratios>>,
): string {
  const columns = nodes.map((node) => newest.get(node)!.get(title)?.rows);
  const names = [...new Set(columns.flatMap((rows) => [...(rows?.keys() ?? [])]))];
  const rows = names.map((name) => [name, ...columns.map((ratios) => format(ratios?.get(name)))]);
  return `\n## ${title}\n\n${table(["", ...nodes.map((node) => `Node ${node}`)], rows)}\n`;
}

/** The tables of these runs, each from the newest run that has it. A name sorts behind those it begins. */
function newestTables(files: readonly string[]): Map<string, Ratios> {
  const found = files.flatMap((name) => tablesOf(readFileSync(new URL(`${name}.md`, RUNS), "utf8")));
  return new Map(found.map((ratios) => [ratios.title, ratios]));
}

function tablesOf(run: string): Ratios[] {
  return run
    .split(/^## /m)
    .slice(1)
    .map((text) => {
      const lines = text.split("\n").filter((line) => line.startsWith("|"));
      const [headings = [], , ...rows] = lines.map((line) =>
        line
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
      const peers = headings.flatMap((heading, column) => (PEERS.has(heading) ? [column] : []));
      const ratios = rows.map((row) => [row[0]!, Math.min(...peers.map((column) => ratioOf(row[column]!)))] as const);
      return { title: /^[^:\n]+/.exec(text)![0], rows: new Map(ratios.filter(([, ratio]) => ratio < Infinity)) };
    })
    .filter(({ rows }) => rows.size > 0);
}

/** `1.31 (0.609..1.66) 5.65x` is 5.65; a cell without a figure is none. */
function ratioOf(cell: string): number {
  return Number(/ ([\d.]+)x$/.exec(cell)?.[1] ?? Infinity);
}

function nodeOf(name: string): number {
  return Number(/-node(\d+)/.exec(name)![1]);
}

function format(ratio: number | undefined): string {
  if (ratio === undefined) return "";
  return ratio >= 10 ? ratio.toFixed(0) : ratio.toPrecision(2);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writePage();
