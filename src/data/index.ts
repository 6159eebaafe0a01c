/** Raw arrays: a typed array with a shape and a dtype, and every function on them. Knows no NDArray. */
export { attentionDense } from "./attention/attention.ts";
export { DENSE, TO_ARRAY, borrowDense, toDense, toOperand } from "./convert.ts";
export type { AnyTypedArray, ArrayLike, Nested } from "./convert.ts";
export {
  abstractDense,
  assertConcrete,
  castDense,
  decodeElement,
  dense,
  encodeElement,
  floatsOf,
  isAbstract,
  numbersOf,
  scalarDense,
  zerosDense,
} from "./dense.ts";
export type { Dense } from "./dense.ts";
export { RANGE, checkDType, isDType, isFloat, isHalf, itemSize, promote, storageFor } from "./dtype.ts";
export type { DType, TypedArray } from "./dtype.ts";
export { activateDense, hardTanhDense, reluDense, sigmoidDense, tanhDense } from "./elementwise/activations.ts";
export { binaryDense, capDense, promotedPair, unaryDense, weakDType } from "./elementwise/elementwise.ts";
export type { BinaryName, PlainName } from "./elementwise/elementwise.ts";
export { INTEGER } from "./elementwise/integers.ts";
export { roundDense } from "./elementwise/rounding.ts";
export { fromHalf, toHalf } from "./half.ts";
export { placesOf, readAt, truePlaces, writeAt } from "./indexing/indexing.ts";
export type { Index } from "./indexing/indexing.ts";
export { ASCENDING, UNORDERED, UNSIGNED, orderDense, rankable, selector, sortable } from "./indexing/order.ts";
export type { SliceText } from "./indexing/slicing.ts";
export { pickAlong, sortDense } from "./indexing/sorting.ts";
export type { SortOptions } from "./indexing/sorting.ts";
export { checkMode, placeIn, takeDense } from "./indexing/taking.ts";
export type { TakeMode, TakeOptions } from "./indexing/taking.ts";
export { flippedKernel, wrapped } from "./layout/flip.ts";
export {
  concatenateDense,
  flipDense,
  missing,
  pickDense,
  repeatDense,
  reshapeDense,
  rollDense,
  squeezeDense,
  swapaxesDense,
  transposeDense,
  withSize,
} from "./layout/layout.ts";
export type { AxisLike } from "./layout/layout.ts";
export { mirrorPlace, wrapPlace } from "./layout/places.ts";
export { withRuns } from "./layout/runs.ts";
export {
  copyRow,
  eachRow,
  gather,
  permuted,
  rawOf,
  rawPair,
  reshaped,
  stretch,
  stridesOf,
  walkOf,
} from "./layout/strided.ts";
export { e, eulerGamma, inf, nan, newaxis, pi } from "./making/constants.ts";
export { formatArray, formatFloat32, reprArray, toList } from "./printing/print.ts";
export type { NestedList } from "./printing/print.ts";
export { affineDense, affineRow } from "./products/affine.ts";
export { addBias } from "./products/bias.ts";
export { contract } from "./products/contract.ts";
export { convolve } from "./products/convolve.ts";
export { matmulDense, rowTimes } from "./products/matmul.ts";
export { poolDense } from "./products/pool.ts";
export { parseSubscripts } from "./products/subscripts.ts";
export { assertFits, namedPads, spanOf } from "./products/window.ts";
export type { Edges, Pads } from "./products/window.ts";
export { reducedAxes, toReduceArgs } from "./reduce/axes.ts";
export type { Axes, ReduceOptions } from "./reduce/axes.ts";
export { argExtremeDense, extremeDense } from "./reduce/extremes.ts";
export { normDense } from "./reduce/norm.ts";
export type { NormOrder } from "./reduce/norm.ts";
export {
  lineStatistics,
  normalizeDense,
  normalizeGroups,
  normalizeRowsDense,
  standardizeLines,
  statisticsDense,
} from "./reduce/normalize.ts";
export {
  countDense,
  cumulativeDense,
  logsumexpDense,
  meanDense,
  prodDense,
  stdDense,
  sumDense,
  sumSquaresDense,
  truthDense,
  varDense,
} from "./reduce/reduce.ts";
export { gluDense, softmaxDense, standardizeDense } from "./reduce/softmax.ts";
export {
  MAX_SIZE,
  broadcastIndex,
  broadcastShapes,
  formatShape,
  sameShape,
  sizeOf,
  toAxes,
  toAxis,
  toShape,
} from "./shape.ts";
export type { Shape, ShapeLike } from "./shape.ts";
