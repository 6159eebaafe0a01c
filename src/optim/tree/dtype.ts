import type { DType } from "../../array/index.ts";
import { asarray, promoteTypes } from "../../array/index.ts";
import { arrayLeaves } from "./map.ts";
import type { Tree } from "./node.ts";

/**
 * The dtype of a tree's leaves; where they differ, the one that all promote to (`"highest"`, of their dtypes or
 * above), or the one that promotes to all (`"lowest"`). float32 of nothing.
 *
 * Source: optax 0.2.8 `optax/tree_utils/_casting.py` (`tree_dtype`).
 * @example
 * optax.tree.dtype({ a: jnp.ones([1], "bfloat16"), b: jnp.ones([1]) }, "highest") // => "float32"
 */
export function treeDtype(tree: Tree, mixed: "highest" | "lowest"): DType {
  const dtypes = arrayLeaves(tree).map((leaf) => asarray(leaf).dtype);
  if (dtypes.length === 0) return "float32";
  return dtypes.reduce((a, b) => {
    const common = promoteTypes(a, b);
    return mixed === "highest" ? common : common === a ? b : a;
  });
}
