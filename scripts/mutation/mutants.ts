/** What can be changed in a source file: operators, boundaries, constants, statements, arguments. */
import { parseSync } from "vite";
import type { ESTree } from "vite";
import { ARITHMETIC, ASSIGNMENTS, COMPARISONS, LOGIC } from "./operators.ts";
import { placesCalls } from "./places.ts";

/** The kinds, as the tables name them. */
export type Kind =
  | "arithmetic"
  | "assignment"
  | "boundary"
  | "comparison"
  | "condition"
  | "constant"
  | "default"
  | "logic"
  | "arguments"
  | "throw"
  | "return"
  | "statement";

/** One change of a file: `text` in place of what stands from `start` to `end`; a statement is left out. */
export interface Mutant {
  readonly file: string;
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
  /** From 1, for people. */
  readonly line: number;
  /** The changed expression; undefined where a statement is removed. */
  readonly text: string | undefined;
}

type Node = ESTree.Node & { readonly start: number; readonly end: number };

/** Every mutant of a file, in the order of the text. */
export function mutantsOf(file: string, text: string): Mutant[] {
  const found: Mutant[] = [];
  const lines = lineStarts(text);
  const { program } = parseSync(file, text);
  // A test compares each of these with its signature in the text of the sources: test/meta/kinds.test.ts.
  const compared = new Set(placesCalls(program).map(({ start, names }) => (names === undefined ? -1 : start)));
  const add = (kind: Kind, node: Node, changed: string | undefined): void => {
    if (kind === "constant" && compared.has(node.start)) return;
    found.push({ file, kind, start: node.start, end: node.end, line: lineAt(lines, node.start), text: changed });
  };
  visit(program as Node, undefined, text, add);
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}

type Add = (kind: Kind, node: Node, changed: string | undefined) => void;

function visit(node: Node, parent: Node | undefined, text: string, add: Add): void {
  if (isMessage(node, text) || isType(node)) return;
  mutate(node, parent, text, add);
  for (const [name, value] of Object.entries(node)) {
    if (name === "parent" || isKey(node, name)) continue;
    for (const child of Array.isArray(value) ? value : [value])
      if (typeof child === "object" && child !== null && typeof child.type === "string")
        visit(child as Node, node, text, add);
  }
}

/** Errors are checked by test/errors, wording and all: that one is thrown at all is what is mutated. */
function isMessage(node: Node, text: string): boolean {
  return node.type === "NewExpression" && text.slice(node.callee.start, node.callee.end).endsWith("Error");
}

function isType(node: Node): boolean {
  const { type } = node;
  if (type === "ImportDeclaration" || type === "ExportAllDeclaration" || type === "ExportSpecifier") return true;
  if (type === "TSAsExpression" || type === "TSNonNullExpression" || type === "TSSatisfiesExpression") return false;
  return type.startsWith("TS");
}

/** Whether a field of a node holds a name or a type, which are not values. */
function isKey(node: Node, name: string): boolean {
  if (name === "typeAnnotation" || name === "returnType" || name === "typeArguments" || name === "typeParameters")
    return true;
  return name === "key" && !("computed" in node && node.computed);
}

function mutate(node: Node, parent: Node | undefined, text: string, add: Add): void {
  const of = ({ start, end }: { readonly start: number; readonly end: number }): string => text.slice(start, end);
  switch (node.type) {
    case "BinaryExpression": {
      const { operator } = node;
      const [left, right] = [of(node.left), of(node.right)];
      const [kind, others] = binary(operator);
      for (const other of others) add(kind, node, `(${left}) ${other} (${right})`);
      return;
    }
    case "LogicalExpression":
      for (const other of LOGIC[node.operator] ?? [])
        add("logic", node, `(${of(node.left)}) ${other} (${of(node.right)})`);
      if (node.operator === "??") add("logic", node, of(node.left));
      return;
    case "UnaryExpression":
      if (node.operator === "!" || node.operator === "-") add("logic", node, `(${of(node.argument)})`);
      return;
    case "UpdateExpression": {
      if (parent?.type === "ForStatement") return;
      const operator = node.operator === "++" ? "--" : "++";
      const argument = of(node.argument);
      add("assignment", node, node.prefix ? `${operator}${argument}` : `${argument}${operator}`);
      return;
    }
    case "AssignmentExpression":
      for (const other of ASSIGNMENTS[node.operator] ?? [])
        add("assignment", node, `${of(node.left)} ${other} ${of(node.right)}`);
      return;
    case "IfStatement":
    case "ConditionalExpression":
      add("condition", node.test as Node, `!(${of(node.test)})`);
      add("condition", node.test as Node, "false");
      return;
    case "Literal":
      return mutateLiteral(node, parent, add);
    case "CallExpression":
    case "NewExpression":
      if (!isUnordered(of(node.callee), text)) swapArguments(node, of, add);
      return;
    case "ThrowStatement":
      return add("throw", node, undefined);
    case "ReturnStatement":
      if (node.argument !== null) add("return", node, undefined);
      return;
    case "ExpressionStatement":
      if (node.expression.type !== "CallExpression" || node.expression.callee.type !== "Super")
        add("statement", node, undefined);
      return;
    default:
  }
}

function binary(operator: string): readonly [Kind, readonly string[]] {
  const comparison = COMPARISONS[operator];
  if (comparison === undefined) return ["arithmetic", ARITHMETIC[operator] ?? []];
  return [operator.startsWith("<") || operator.startsWith(">") ? "boundary" : "comparison", comparison];
}

function mutateLiteral(node: Node & { readonly type: "Literal" }, parent: Node | undefined, add: Add): void {
  const { value } = node as { readonly value: unknown };
  const kind = parent?.type === "AssignmentPattern" ? "default" : "constant";
  if (typeof value === "boolean") add(kind, node, String(!value));
  else if (typeof value === "number") {
    add(kind, node, String(value + 1 === value ? 2 * value : value + 1));
    if (value !== 0) add(kind, node, "0");
  } else if (typeof value === "string" && /^[\w-]{1,24}$/.test(value) && parent?.type !== "ExpressionStatement")
    add(kind, node, '""');
}

/** Whether the order of a function's arguments never matters: Math's max and min, taken out of it or not. */
function isUnordered(callee: string, text: string): boolean {
  const isTaken = /^const \{[^}]*\} = Math;$/m.exec(text)?.[0].match(/\w+/g)?.includes(callee) === true;
  return /^Math\.(max|min)$/.test(callee) || (isTaken && /^(max|min)$/.test(callee));
}

function swapArguments(
  node: Node & { readonly type: "CallExpression" | "NewExpression" },
  of: (part: { readonly start: number; readonly end: number }) => string,
  add: Add,
): void {
  const { arguments: args, callee } = node;
  if (callee.type === "Super") return;
  for (let i = 0; i + 1 < args.length; i++) {
    const [first, second] = [args[i]!, args[i + 1]!];
    if (first.type === "SpreadElement" || second.type === "SpreadElement" || of(first) === of(second)) continue;
    const whole = of(node);
    const at = first.start - node.start;
    const until = second.end - node.start;
    const between = whole.slice(first.end - node.start, second.start - node.start);
    add("arguments", node, whole.slice(0, at) + of(second) + between + of(first) + whole.slice(until));
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) starts.push(i + 1);
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let line = starts.length;
  while (starts[line - 1]! > offset) line--;
  return line;
}
