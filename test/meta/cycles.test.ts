import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SRC = fileURLToPath(new URL("../../src", import.meta.url));

/** Who imports whom, values and types alike. */
type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** The imports among the files of src, by their paths in it. */
function importsOf(folder: string): Graph {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(folder, file), "utf8");
      const targets = Array.from(text.matchAll(/^(?:import|export)\b[^"';]*?\bfrom "([^"]+)"/gm), ([, target]) =>
        relative(folder, resolve(dirname(join(folder, file)), target!)),
      );
      return [file, new Set(targets)];
    }),
  );
}

/** The groups of more than one node that reach one another, by Tarjan's algorithm. */
function cyclesOf(graph: Graph): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (node: string): void => {
    index.set(node, index.size);
    low.set(node, index.get(node)!);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node)!, low.get(next)!));
    }
    if (low.get(node) !== index.get(node)) return;
    const group = stack.splice(stack.indexOf(node));
    if (group.length > 1) cycles.push(group.toSorted());
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return cycles;
}

/** The folder inside a folder of src in which `file` is, or itself. */
function nodeOf(file: string): string {
  return file.split("/").slice(0, 2).join("/");
}

/** The folders inside `top`, and its own files, as nodes; the index stands above them all and is left out. */
function foldersOf(imports: Graph, top: string): Graph {
  const graph = new Map<string, Set<string>>();
  for (const [file, targets] of imports) {
    if (!file.startsWith(`${top}/`) || file === `${top}/index.ts`) continue;
    const node = nodeOf(file);
    const own = graph.get(node) ?? new Set();
    graph.set(node, own);
    for (const target of targets) if (target.startsWith(`${top}/`) && nodeOf(target) !== node) own.add(nodeOf(target));
  }
  return graph;
}

const IMPORTS = importsOf(SRC);

const TOPS = [...new Set([...IMPORTS.keys()].filter((file) => file.includes("/")).map((file) => file.split("/")[0]!))];

/** Folders whose circles of types are still to be opened. */
const OPEN = new Set(["autodiff", "optim"]);

describe("imports, types included", () => {
  it("are found", () => {
    expect(IMPORTS.size).toBeGreaterThan(300);
    expect(IMPORTS.get("array/interpreter.ts")).toContain("data/index.ts");
  });

  it("and circles among them too", () => {
    const graph = new Map([
      ["a", new Set(["b"])],
      ["b", new Set(["c", "d"])],
      ["c", new Set(["a"])],
      ["d", new Set(["e"])],
      ["e", new Set<string>()],
    ]);
    expect(cyclesOf(graph)).toEqual([["a", "b", "c"]]);
  });

  it("make no circle of files", () => {
    const closed = cyclesOf(IMPORTS).filter((files) => !files.every((file) => OPEN.has(file.split("/")[0]!)));
    expect(closed).toEqual([]);
  });

  it.each(TOPS.filter((top) => !OPEN.has(top)))("make no circle of folders inside %s", (top) => {
    expect(cyclesOf(foldersOf(IMPORTS, top))).toEqual([]);
  });
});
