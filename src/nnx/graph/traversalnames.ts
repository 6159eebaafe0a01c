/** flax.nnx.traversals: nested mappings and flat ones. */
export { flattenMapping, unflattenMapping } from "./traversals.ts";
