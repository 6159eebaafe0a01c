/** Functions with the names and semantics of `jax.tree`: `import { tree } from "flaxen"`. */
export {
  all,
  allLeaves,
  treeBroadcast as broadcast,
  flatten,
  flattenWithPath,
  keystr,
  leaves,
  leavesWithPath,
  map,
  mapWithPath,
  reduce,
  registerDataclass,
  registerPytreeNode,
  registerPytreeNodeClass,
  structure,
  transpose,
  TreeDef,
  unflatten,
} from "./pytree/index.ts";
export type { IsLeaf, LeafOptions, Mapped, PytreeClass, Tree, TreeKey, TreePath } from "./pytree/index.ts";
