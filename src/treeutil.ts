/** The names of `jax.tree_util` for the functions of `jax.tree`: `import { treeMap } from "flaxen/treeUtil"`. */
export {
  all as treeAll,
  allLeaves,
  treeBroadcast,
  flatten as treeFlatten,
  flattenWithPath as treeFlattenWithPath,
  keystr,
  leaves as treeLeaves,
  leavesWithPath as treeLeavesWithPath,
  map as treeMap,
  mapWithPath as treeMapWithPath,
  reduce as treeReduce,
  registerDataclass,
  registerPytreeNode,
  registerPytreeNodeClass,
  structure as treeStructure,
  transpose as treeTranspose,
  TreeDef as PyTreeDef,
  unflatten as treeUnflatten,
} from "./pytree/index.ts";
export type { IsLeaf, LeafOptions, Mapped, PytreeClass, Tree, TreeKey, TreePath } from "./pytree/index.ts";
