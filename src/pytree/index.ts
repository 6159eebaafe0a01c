/**
 * Trees of arrays: what optimizers and `jax.tree` know of them. The public entry points are src/tree.ts and
 * src/treeutil.ts.
 */
export { EMPTY_NODE } from "./node.ts";
export type { Tree, TreeKey, TreePath } from "./node.ts";
export {
  arrayLeaves,
  mapAt,
  treeBroadcast,
  treeFlatten,
  treeLeaves,
  treeLeavesWithPath,
  treeMap,
  treeMapWithPath,
} from "./map.ts";
export type { IsLeaf, LeafArgument, LeafOf, LeafOptions, Mapped, Unflatten } from "./map.ts";
export { keystr } from "./paths.ts";
export { registerDataclass, registerPytreeNode, registerPytreeNodeClass } from "./register.ts";
export type { PytreeClass } from "./register.ts";
export { TreeDef } from "./treedef.ts";
export {
  all,
  allLeaves,
  flatten,
  flattenWithPath,
  leaves,
  leavesWithPath,
  map,
  mapWithPath,
  reduce,
  structure,
  transpose,
  unflatten,
} from "./trees.ts";
