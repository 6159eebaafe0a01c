import type { Places } from "../base/index.ts";
import { inOrder } from "../base/index.ts";
import type { TreePath } from "./node.ts";

/** A path as text: `['name']` and `[0]`. */
export function pathText(path: TreePath): string {
  return path.map((key) => (typeof key === "number" ? `[${key}]` : `['${key}']`)).join("");
}

/**
 * The path of a leaf as text.
 *
 * Source: JAX 0.10.2 `jax/_src/tree_util.py` (`keystr`).
 * @param options `simple`: names alone. `separator`: what stands between them. Default `""`
 * @example
 * tree.keystr(["layers", 0]) // => "['layers'][0]"
 * tree.keystr(["layers", 0], { simple: true, separator: "/" }) // => "layers/0"
 */
export function keystr(
  path: TreePath,
  ...places: Places<[], { readonly simple?: boolean; readonly separator?: string }>
): string;
export function keystr(): string {
  return inOrder(keystrOf, arguments, 1, "tree.keystr path | * simple:b separator:s");
}

function keystrOf(
  path: TreePath,
  { simple = false, separator = "" }: { readonly simple?: boolean; readonly separator?: string } = {},
): string {
  return (simple ? path.map(String) : path.map((key) => pathText([key]))).join(separator);
}
