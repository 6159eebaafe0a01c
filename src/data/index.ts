/** Raw arrays: a typed array with a shape and a dtype, and every function on them. Knows no NDArray. */
export { attentionData } from "./attention/attention.ts";
export { DATA, TO_ARRAY, viewData, toData, toOperand } from "./convert.ts";
export type { AnyTypedArray, ArrayLike, Nested } from "./convert.ts";
export {
  abstractData,
  assertConcrete,
  castData,
  decodeElement,
  arrayData,
  encodeElement,
  floatsOf,
  isAbstract,
  numbersOf,
  scalarData,
  zerosData,
} from "./arraydata.ts";
export type { ArrayData } from "./arraydata.ts";
export { RANGE, checkDType, isDType, isFloat, isHalf, itemSize, promote, storageFor } from "./dtype.ts";
export type { DType, TypedArray } from "./dtype.ts";
export { activateData, hardTanhData, reluData, sigmoidData, tanhData } from "./elementwise/activations.ts";
export { binaryData } from "./elementwise/binary.ts";
export { hypotData, iscloseData, logaddexpData, nanToNumData } from "./elementwise/compound.ts";
export type { Replacements, Tolerance } from "./elementwise/compound.ts";
export { integerPowerData, POWER } from "./elementwise/power.ts";
export { signbitData, testData } from "./elementwise/predicates.ts";
export { promotedPair, weakDType } from "./elementwise/promotion.ts";
export type { Operand } from "./elementwise/promotion.ts";
export { roundData } from "./elementwise/rounding.ts";
export { clipData, whereData } from "./elementwise/select.ts";
export type { BinaryUfunc } from "./elementwise/binary.ts";
export type { UnaryUfunc } from "./elementwise/unary.ts";
export {
  ABS,
  CEIL,
  COS,
  ERF,
  ERF_INV,
  EXP,
  EXPM1,
  FLOOR,
  LOG,
  LOG1P,
  LOGISTIC,
  NEGATIVE,
  RECIPROCAL,
  SIGN,
  SIN,
  SQRT,
  SQUARE,
  TAN,
  TANH,
  TRUNC,
  unaryData,
} from "./elementwise/unary.ts";
export { ADD, MAXIMUM, MINIMUM, MULTIPLY, REMAINDER, SUBTRACT } from "./elementwise/arithmetic.ts";
export { BITWISE_AND, BITWISE_OR, BITWISE_XOR, LEFT_SHIFT, RIGHT_SHIFT } from "./elementwise/bitwise.ts";
export { EQUAL, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL, NOT_EQUAL } from "./elementwise/comparison.ts";
export { DIVIDE, FLOOR_DIVIDE } from "./elementwise/division.ts";
export { fromHalf, toHalf } from "./half.ts";
export { placesOf, readAt, truePlaces, writeAt } from "./indexing/indexing.ts";
export type { Index } from "./indexing/indexing.ts";
export { ASCENDING, UNORDERED, UNSIGNED, orderData, rankable, selector, sortable } from "./indexing/order.ts";
export type { SliceText } from "./indexing/slicing.ts";
export { pickAlong, sortData } from "./indexing/sorting.ts";
export type { SortOptions } from "./indexing/sorting.ts";
export { checkMode, placeIn, takeData } from "./indexing/taking.ts";
export type { TakeMode, TakeOptions } from "./indexing/taking.ts";
export { flippedKernel, wrapped } from "./layout/flip.ts";
export {
  concatenateData,
  flipData,
  missing,
  pickData,
  repeatData,
  reshapeData,
  rollData,
  squeezeData,
  swapaxesData,
  transposeData,
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
export { affineData, affineFloats } from "./products/affine.ts";
export { addBias } from "./products/bias.ts";
export { contract } from "./products/contract.ts";
export { convolve } from "./products/convolve.ts";
export { matmulData, rowTimes } from "./products/matmul.ts";
export { poolData } from "./products/pool.ts";
export { parseSubscripts } from "./products/subscripts.ts";
export { assertFits, namedPads, spanOf } from "./products/window.ts";
export type { Edges, Pads } from "./products/window.ts";
export { reducedAxes, toReduceParameters } from "./reduce/axes.ts";
export type { Axes, ReduceOptions, ReduceParameters } from "./reduce/axes.ts";
export { argExtremeData, extremeData } from "./reduce/extremes.ts";
export {
  lineStatistics,
  normalizeData,
  normalizeGroups,
  normalizeRowsData,
  standardizeLines,
  statisticsData,
} from "./reduce/normalize.ts";
export {
  countData,
  cumulativeData,
  logsumexpData,
  meanData,
  prodData,
  sumData,
  sumSquaresData,
  truthData,
  varData,
} from "./reduce/reduce.ts";
export { gluData, softmaxData, standardizeData } from "./reduce/softmax.ts";
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
export type { Input, Operation } from "./operation.ts";
export { ATAN2 } from "./elementwise/atan2.ts";
export { ACOS, ACOSH, ASIN, ASINH, ATAN, ATANH, CBRT, COSH, SINH } from "./elementwise/inversefunctions.ts";
