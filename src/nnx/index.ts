/** flax.nnx: variables, random streams, modules and their state, with Flax's names. */
export { withAttributes } from "./attributes.ts";
export type { Attributes } from "./attributes.ts";
export { capture } from "./capture.ts";
export type { Captured, CaptureOptions, SowOptions } from "./capture.ts";
export { data, hasData, isData, staticValue as static } from "./data.ts";
export { Dict } from "./dict.ts";
export { display } from "./display.ts";
export type { Draws, KeylessInitializer } from "./draws.ts";
export { EMA } from "./ema.ts";
export type { EMAOptions } from "./ema.ts";
export { asAbstract, evalShape, getAbstractModel } from "./evalshape.ts";
export { Rest } from "./filter.ts";
export type { Filter, Filtered, Predicate } from "./filter.ts";
export { All, Any, Everything, Not, Nothing, OfType, PathContains, PathIn, WithTag } from "./filters.ts";
export { findDuplicates, iterChildren, iterGraph, iterModuleChildren, iterModules } from "./graph.ts";
export type { Leaf, Path, PathPart } from "./graph.ts";
export { GraphDef } from "./graphdef.ts";
export * as initializers from "./initializers/index.ts";
export { List } from "./list.ts";
export { setMetadata } from "./metadata.ts";
export { Module } from "./module.ts";
export * from "./nn/index.ts";
export { Sequential } from "./nn/sequential.ts";
export type { Layer } from "./nn/sequential.ts";
export { pop } from "./pop.ts";
export { replaceByPureDict, restoreIntPaths, toPureDict } from "./puredict.ts";
export { recursiveMap } from "./recursivemap.ts";
export { reseed } from "./reseed.ts";
export type { ReseedPolicy } from "./reseed.ts";
export { assertRngs, Rngs } from "./rngs.ts";
export type { RngStreams } from "./rngs.ts";
export type { RngSizes } from "./rngsizes.ts";
export { RngStream } from "./rngstream.ts";
export type { RngValue } from "./rngstream.ts";
export { asPure, clone, graphdef, map, merge, split } from "./split.ts";
export type { CloneOptions, MergeOptions, Split } from "./split.ts";
export { backupKeys, forkRngs, restoreRngs, splitRngs } from "./splitrngs.ts";
export type { Decorator, ForkRngsOptions, SplitRngsOptions, StreamBackup } from "./splitrngs.ts";
export { fromFlatState, State, state, state as variables, toFlatState } from "./state.ts";
export type { Entry, States } from "./state.ts";
export { StateError } from "./stateerror.ts";
export type { StateErrorCode } from "./stateerror.ts";
export { diffState, filterState, mapState, mergeState, splitState } from "./stateops.ts";
export { tabulate } from "./tabulate.ts";
export type { TabulateOptions } from "./tabulate.ts";
export * as metrics from "./training/metrics/index.ts";
export { Metric, MultiMetric } from "./training/metrics/index.ts";
export type { MetricArguments } from "./training/metrics/index.ts";
export { ModelAndOptimizer, Optimizer } from "./training/optimizer.ts";
export type { OptimizerOptions } from "./training/optimizer.ts";
export { OptArray, OptState, OptVariable } from "./training/optvariables.ts";
export { TrainState } from "./training/trainstate.ts";
export type { TrainStateOptions } from "./training/trainstate.ts";
export { Carry, StateAxes } from "./transforms/axes.ts";
export type { Axes, Axis } from "./transforms/axes.ts";
export { customVjp } from "./transforms/customvjp.ts";
export type { CustomVjp, CustomVjpOptions } from "./transforms/customvjp.ts";
export { DiffState } from "./transforms/diffstate.ts";
export { grad, valueAndGrad } from "./transforms/grad.ts";
export type { Argnums, Gradient, Gradients, GradOptions } from "./transforms/gradtypes.ts";
export { jit } from "./transforms/jit.ts";
export { cond, foriLoop, switchFn as switch, whileLoop } from "./transforms/loops.ts";
export type { Truth } from "./transforms/loops.ts";
export { remat } from "./transforms/remat.ts";
export { scan } from "./transforms/scan.ts";
export type { ScanOptions } from "./transforms/scan.ts";
export { jvp, vjp } from "./transforms/vjp.ts";
export type { VjpFn } from "./transforms/vjp.ts";
export { vmap } from "./transforms/vmap.ts";
export type { VmapOptions } from "./transforms/vmap.ts";
export * as traversals from "./traversalnames.ts";
export type { Mapping } from "./traversals.ts";
export { update } from "./update.ts";
export { Variable } from "./variable.ts";
export type { Metadata, VariableClass, VariableValue } from "./variable.ts";
export { registerVariableName, variableNameFromType, variableTypeFromName } from "./variablenames.ts";
export {
  BatchStat,
  Cache,
  Intermediate,
  LoRAParam,
  Param,
  Perturbation,
  RngCount,
  RngKey,
  RngState,
} from "./variables.ts";
export { withRngs } from "./withrngs.ts";
export type { WithRngsOptions } from "./withrngs.ts";
export { view, viewInfo } from "./view.ts";
export type { Viewable, ViewOptions } from "./view.ts";
