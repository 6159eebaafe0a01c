/** flax.nnx: variables, random streams, modules and their state, with Flax's names. */
export type { Filter } from "./filter.ts";
export type { Leaf, Path } from "./graph.ts";
export { Module } from "./module.ts";
export { assertRngs, Rngs } from "./rngs.ts";
export type { RngStreams } from "./rngs.ts";
export { RngStream } from "./rngstream.ts";
export type { RngValue } from "./rngstream.ts";
export { State, state, toFlatState } from "./state.ts";
export type { Entry } from "./state.ts";
export { Variable } from "./variable.ts";
export type { Metadata, VariableValue } from "./variable.ts";
export { BatchStat, Cache, Intermediate, Param, RngCount, RngKey, RngState } from "./variables.ts";
