/** flax.nnx: variables, random streams, modules and their state, with Flax's names. */
export { withAttributes } from "./modules/attributes.ts";
export type { Attributes } from "./modules/attributes.ts";
export { capture } from "./modules/capture.ts";
export type { Captured, CaptureOptions, SowOptions } from "./modules/capture.ts";
export { data, hasData, isData, staticValue as static } from "./tree/data.ts";
export { Dict } from "./modules/dict.ts";
export { describe } from "./modules/describe.ts";
export type { Description } from "./modules/describe.ts";
export { display } from "./modules/display.ts";
export type { Draws, KeylessInitializer } from "./streams/samplermethods.ts";
export { EMA } from "./training/ema.ts";
export type { EMAOptions } from "./training/ema.ts";
export { asAbstract, evalShape, getAbstractModel } from "./states/evalshape.ts";
export { Rest } from "./graph/filter.ts";
export type { Filter, Filtered, Predicate } from "./graph/filter.ts";
export { All, Any, Everything, Not, Nothing, OfType, PathContains, PathIn, WithTag } from "./graph/filters.ts";
export { findDuplicates, iterChildren, iterGraph } from "./graph/walk.ts";
export { iterModuleChildren, iterModules } from "./modules/iterate.ts";
export type { Entry, Leaf } from "./graph/leaf.ts";
export type { Path, PathPart } from "./tree/path.ts";
export { GraphDef } from "./graph/graphdef.ts";
export * as initializers from "./initializers/index.ts";
export { List } from "./modules/list.ts";
export { setMetadata } from "./states/metadata.ts";
export { Module } from "./modules/module.ts";
export * from "./nn/index.ts";
export { Sequential } from "./nn/sequential.ts";
export type { Layer } from "./nn/sequential.ts";
export { pop } from "./states/pop.ts";
export { replaceByPureDict, restoreIntPaths, toPureDict } from "./states/puredict.ts";
export { recursiveMap } from "./states/recursivemap.ts";
export { reseed } from "./streams/reseed.ts";
export type { ReseedPolicy } from "./streams/reseed.ts";
export { assertRngs, Rngs } from "./streams/rngs.ts";
export type { RngStreams } from "./streams/rngs.ts";
export type { RngSizes } from "./streams/rngsizes.ts";
export { RngStream } from "./streams/rngstream.ts";
export type { RngValue } from "./streams/rngstream.ts";
export { asPure, clone, graphdef, map, merge, split } from "./states/split.ts";
export type { CloneOptions, MergeOptions, Split } from "./states/split.ts";
export { backupKeys, forkRngs, restoreRngs, splitRngs } from "./streams/splitrngs.ts";
export type { Decorator, ForkRngsOptions, SplitRngsOptions, StreamBackup } from "./streams/splitrngs.ts";
export { fromFlatState, State, state, state as variables, toFlatState } from "./states/state.ts";
export type { LeafOf, States } from "./states/state.ts";
export { StateError } from "./tree/stateerror.ts";
export type { StateErrorCode } from "./tree/stateerror.ts";
export { diffState, filterState, mapState, mergeState, splitState } from "./states/stateops.ts";
export { fromTransferable, toTransferable } from "./transfer/transferable.ts";
export type { FromTransferableOptions } from "./transfer/transferable.ts";
export { tabulate } from "./modules/tabulate.ts";
export type { TabulateOptions } from "./modules/tabulate.ts";
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
export { cachedPartial } from "./transforms/cachedpartial.ts";
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
export { warmUp } from "./transforms/warmup.ts";
export type { VjpFn } from "./transforms/vjp.ts";
export { vmap } from "./transforms/vmap.ts";
export type { VmapOptions } from "./transforms/vmap.ts";
export * as traversals from "./graph/traversalnames.ts";
export type { Mapping } from "./graph/traversals.ts";
export { update } from "./states/update.ts";
export { Variable } from "./variables/variable.ts";
export type { Metadata, VariableClass, VariableValue } from "./variables/variable.ts";
export { registerVariableName, variableNameFromType, variableTypeFromName } from "./variables/variablenames.ts";
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
} from "./variables/kinds.ts";
export { withRngs } from "./streams/withrngs.ts";
export type { WithRngsOptions } from "./streams/withrngs.ts";
export { view, viewInfo } from "./modules/view.ts";
export type { Viewable, ViewOptions } from "./modules/view.ts";
export * from "../absent/nnx.ts";
