/** The functions of trees, which optimizers share with `jax.tree`. */
export {
  arrayLeaves,
  treeBroadcast,
  treeFlatten,
  treeLeaves,
  treeLeavesWithPath,
  treeMap,
  treeMapWithPath,
} from "../../pytree/index.ts";
export type { Mapped, Unflatten } from "../../pytree/index.ts";
