/** A program in TypeScript to JavaScript in pieces; fetched at the first Run. */
import { parser } from "@lezer/javascript";
import { transform } from "sucrase";
import type { Pieces } from "./protocol.ts";

/** The public entries of the package that a program may import. */
export const ENTRIES = [
  "flaxen",
  ...["nnx", "random", "numpy", "nn", "lax", "tree", "treeUtil", "image", "linalg", "traverseUtil", "jax"].map(
    (name) => `flaxen/${name}`,
  ),
  "flaxen/optax",
  "flaxen/weights",
  "flaxen/orbax",
  "flaxen/min",
];

export interface Compiled {
  readonly code: Pieces;
  /** The entries that it imports. */
  readonly entries: readonly string[];
}

/** A program that cannot run. The line counts from 1. */
export class CompileError extends Error {
  override name = "SyntaxError";
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

export function compile(source: string): Compiled {
  let text: string;
  try {
    text = transform(source, { transforms: ["typescript"], disableESTransforms: true }).code;
  } catch (error) {
    const { message, loc } = error as Error & { loc?: { line: number } };
    throw new CompileError(
      message.replace(/^Error transforming .*?: /, "").replace(/ \(\d+:\d+\)$/, ""),
      loc?.line ?? 1,
    );
  }
  const code: (string | { entry: string })[] = [];
  const entries: string[] = [];
  let end = 0;
  for (const { from, to } of specifiers(text)) {
    const entry = text.slice(from + 1, to - 1);
    if (!ENTRIES.includes(entry)) {
      const line = text.slice(0, from).split("\n").length;
      throw new CompileError(`"${entry}" cannot be imported here. What can: ${ENTRIES.join(", ")}.`, line);
    }
    code.push(text.slice(end, from + 1), { entry });
    end = to - 1;
    entries.push(entry);
  }
  return { code: [...code, text.slice(end)], entries };
}

/** The strings that name modules, static and dynamic, and no others. */
function specifiers(text: string): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  parser.parse(text).iterate({
    enter(node) {
      if (node.name === "ImportDeclaration" || node.name === "ExportDeclaration") {
        // `export const a = "x"` has its string deeper down: only a child of the declaration itself names a module.
        const string =
          node.node.getChild("from") || node.name === "ImportDeclaration" ? node.node.getChild("String") : null;
        if (string) found.push({ from: string.from, to: string.to });
      } else if (node.name === "DynamicImport") {
        const string = node.node.getChild("String");
        if (string) found.push({ from: string.from, to: string.to });
        else
          throw new CompileError(
            "import() needs the name of an entry in quotes.",
            text.slice(0, node.from).split("\n").length,
          );
      }
    },
  });
  return found.sort((a, b) => a.from - b.from);
}
