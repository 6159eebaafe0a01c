/** optax.tree: trees of arrays, with the names of optax.tree and of jax.tree. */
export { biasCorrection, updateInfinityMoment, updateMoment } from "../moments.ts";
export { treeDtype as dtype } from "./dtype.ts";
export {
  treeBroadcast as broadcast,
  treeFlatten as flatten,
  treeLeaves as leaves,
  treeLeavesWithPath as leavesWithPath,
  treeMap as map,
  treeMapWithPath as mapWithPath,
} from "./map.ts";
export type { Mapped, Unflatten } from "./map.ts";
export {
  treeAdd as add,
  treeAddScale as addScale,
  treeAllclose as allclose,
  treeCast as cast,
  treeCastLike as castLike,
  treeClip as clip,
  treeDiv as div,
  treeFullLike as fullLike,
  treeMax as max,
  treeMin as min,
  treeMul as mul,
  treeNorm as norm,
  treeOnesLike as onesLike,
  treeScale as scale,
  treeSize as size,
  treeSub as sub,
  treeSum as sum,
  treeVdot as vdot,
  treeWhere as where,
  treeZerosLike as zerosLike,
} from "./math.ts";
export type { NormOptions } from "./math.ts";
export type { Tree, TreeKey, TreePath } from "./node.ts";
