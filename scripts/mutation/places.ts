/** The number of places that a call through `inOrder` or its like gives, beside the signature that says it too. */
import type { ESTree } from "vite";

type Node = ESTree.Node & { readonly start: number; readonly end: number };

/** A call of `inOrder`, `ordered` or `assertOrder` of src/base/call/order.ts. */
export interface PlacesCall {
  /** Where the number is in the text. */
  readonly start: number;
  /** How many arguments the call says that the function has by place. */
  readonly direct: number;
  /** The signature, as far as it is in the file. */
  readonly signature: string;
  /** The names by place of the signature; undefined if they are not all in the file. */
  readonly names: readonly string[] | undefined;
}

const CALLS = new Set(["inOrder", "ordered", "assertOrder"]);

/** What stands in the place of text that only a run knows. */
const UNKNOWN = "?";

/**
 * The calls of a file that give the number as one. What is joined to a signature behind `|` or `*` may be any
 * expression, and so may be the name of the function: the names by place are known all the same.
 */
export function placesCalls(program: ESTree.Program): PlacesCall[] {
  const found: PlacesCall[] = [];
  const texts = new Map<string, Node>();
  walk(program as Node, (node) => {
    if (node.type === "VariableDeclarator" && node.id.type === "Identifier" && node.init !== null)
      texts.set(node.id.name, node.init as Node);
  });
  walk(program as Node, (node) => {
    if (node.type !== "CallExpression" || node.callee.type !== "Identifier" || !CALLS.has(node.callee.name)) return;
    const [number, signature] = node.arguments.slice(-2) as [Node, Node];
    if (number.type !== "Literal" || typeof number.value !== "number") return;
    const text = textOf(signature, texts);
    found.push({ start: number.start, direct: number.value, signature: text, names: namesByPlace(text) });
  });
  return found;
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value])
      if (typeof child === "object" && child !== null && typeof child.type === "string") walk(child as Node, visit);
}

/** The text of an expression, as far as it is in the file. */
function textOf(node: Node, texts: ReadonlyMap<string, Node>): string {
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : UNKNOWN;
  if (node.type === "BinaryExpression" && node.operator === "+")
    return textOf(node.left as Node, texts) + textOf(node.right, texts);
  if (node.type === "TemplateLiteral")
    return node.quasis
      .map(
        ({ value }, i) =>
          (value.cooked ?? UNKNOWN) + (i in node.expressions ? textOf(node.expressions[i]!, texts) : ""),
      )
      .join("");
  const text = node.type === "Identifier" ? texts.get(node.name) : undefined;
  return text === undefined ? UNKNOWN : textOf(text, texts);
}

function namesByPlace(signature: string): string[] | undefined {
  const words = signature.split(" ").slice(1);
  const end = words.findIndex((word) => word === "|" || word === "*");
  const names = end < 0 ? words : words.slice(0, end);
  const isKnown = signature !== UNKNOWN && !names.some((name) => name.includes(UNKNOWN));
  return isKnown ? names : undefined;
}
