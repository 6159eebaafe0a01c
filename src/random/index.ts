/** jax.random: keys and samplers, with JAX's names and JAX's bits. */
export { bits } from "./bits.ts";
export type { BitsDType } from "./bits.ts";
export { Key } from "./key.ts";
export type { KeyLike } from "./key.ts";
export { clone, foldIn, key, keyData, split, wrapKeyData } from "./keys.ts";
export { normal } from "./normal.ts";
export { uniform } from "./uniform.ts";
export type { UniformOptions } from "./uniform.ts";
