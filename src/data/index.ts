/** Raw arrays: a typed array with a shape and a dtype, and every function on them. Knows no NDArray. */
export { attend, attentionData, attentionWeightsData } from "./attention/attend.ts";
export type { AttentionInputs, AttentionParameters } from "./attention/attend.ts";
export { attentionBackData } from "./backward/attention.ts";
export type { AttentionBackInputs, AttentionBackParameters } from "./backward/attention.ts";
export { batchNormBackData, batchNormTermsData } from "./backward/batchnorm.ts";
export { cellBackData } from "./backward/cell.ts";
export type { CellBackParameters } from "./backward/cell.ts";
export { convolveKernelData } from "./backward/convolvekernel.ts";
export type { ConvolveKernelParameters } from "./backward/convolvekernel.ts";
export { extremesBackData, hasExtremesBack } from "./backward/extremesback.ts";
export { poolPlacesData, poolSumBackwardData } from "./backward/pool.ts";
export type { PoolInput } from "./backward/pool.ts";
export { adamData, momentumData, sgdData } from "./backward/descend.ts";
export { crossEntropyBackData } from "./backward/crossentropyback.ts";
export { crossEntropyData, hasCrossEntropy } from "./reduce/crossentropy.ts";
export { geluBackData } from "./backward/geluback.ts";
export { softmaxBackData } from "./backward/softmaxback.ts";
export { allocation, keep, outsideRegions, settleReaders } from "./access.ts";
export type { Storage } from "./access.ts";
export { BufferPool } from "./bufferpool.ts";
export { holding, share } from "./held.ts";
export { Region } from "./region.ts";
export { deferredData } from "./deferred.ts";
export { layerNormBackData, layerNormSumsData } from "./backward/layernorm.ts";
export { matmulTransposedData, TRANSPOSED_TERMS } from "./backward/matmultransposed.ts";
export { reluBackData } from "./backward/reluback.ts";
export { outerData, OUTER_BLOCK } from "./backward/outer.ts";
export { productOfOthersData } from "./backward/productofothers.ts";
export { recurrenceData } from "./backward/recurrence.ts";
export type { SlopeName } from "./backward/slopes.ts";
export { slopeData } from "./backward/slopes.ts";
export { DATA, TO_ARRAY, viewData, toData, toOperand } from "./convert.ts";
export type { AnyTypedArray, ArrayLike, Nested } from "./convert.ts";
export {
  abstractData,
  assertConcrete,
  assertElements,
  castData,
  copyData,
  decodeElement,
  arrayData,
  emptyData,
  encodeElement,
  EXPOSED,
  floatsOf,
  isAbstract,
  numbersOf,
  plainOf,
  PRIVATE,
  scalarData,
  zerosData,
} from "./arraydata.ts";
export type { ArrayData } from "./arraydata.ts";
export { RANGE, checkDType, isDType, isFloat, isHalf, itemSize, promote, storageFor } from "./dtype.ts";
export type { DType, TypedArray } from "./dtype.ts";
export { activateData, preluData } from "./elementwise/activations.ts";
export type { Activation } from "./elementwise/activations.ts";
export { binaryData } from "./elementwise/binary.ts";
export { dropoutData } from "./elementwise/dropout.ts";
export { hypotData, iscloseData, logaddexpData, multiplyAddData, nanToNumData } from "./elementwise/compound.ts";
export type { Replacements, Tolerance } from "./elementwise/compound.ts";
export { integerPowerData, POWER } from "./elementwise/power.ts";
export { signbitData, testData } from "./elementwise/predicates.ts";
export { promoteScalar, promotedPair, weakDType } from "./elementwise/promotion.ts";
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
  EXP2,
  EXPM1,
  FLOOR,
  LN2,
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
export { embeddingData } from "./indexing/embedding.ts";
export { gatherData } from "./indexing/gather.ts";
export { flipPlan, indicesOf, planIndex, stridedPlan, trueIndices } from "./indexing/plan.ts";
export { checkScatter, scatterData } from "./indexing/scatter.ts";
export type { Index, IndexPlan } from "./indexing/plan.ts";
export { ASCENDING, UNORDERED, UNSIGNED, orderData, selectLargest, sortable } from "./indexing/order.ts";
export type { SliceText } from "./indexing/slicing.ts";
export { isinData, searchsortedData, sortKeysData } from "./indexing/searching.ts";
export { argsortData, topKData } from "./indexing/sorting.ts";
export type { Order, SortOptions } from "./indexing/sorting.ts";
export { checkMode, fromStart, indicesIn, takeAlongData, takeData } from "./indexing/taking.ts";
export type { TakeMode, TakeOptions } from "./indexing/taking.ts";
export { columnsData } from "./manipulation/columns.ts";
export type { ColumnsParameters } from "./manipulation/columns.ts";
export { flippedKernel, wrapped } from "./manipulation/flip.ts";
export { checkJoin, concatenateData } from "./manipulation/concatenate.ts";
export { padData } from "./manipulation/pad.ts";
export type { Padding } from "./manipulation/pad.ts";
export { repeatCounts, repeatIndices, toCounts } from "./manipulation/repeat.ts";
export { rollData } from "./manipulation/roll.ts";
export { resolveShape, squeezedShape, swappedAxes, transposedAxes, withSize } from "./manipulation/shapes.ts";
export type { AxisLike } from "./manipulation/shapes.ts";
export { mirrorIndex, wrapIndex } from "./manipulation/wrapindex.ts";
export { byRepeats } from "./manipulation/repeats.ts";
export { copyRow, rawOf, rawPair } from "./manipulation/copying.ts";
export { eachRow, gather, permuted, reshaped, broadcastData, stridesOf, walkOf } from "./manipulation/strided.ts";
export { bandData, eachBandRow } from "./creation/band.ts";
export type { Band } from "./creation/band.ts";
export { linspaceData } from "./creation/linspace.ts";
export type { Spacing } from "./creation/linspace.ts";
export { oneHotData } from "./creation/onehot.ts";
export type { Classes } from "./creation/onehot.ts";
export { e, eulerGamma, inf, nan, newaxis, pi } from "./creation/constants.ts";
export { formatArray, formatFloat32, reprArray, toList } from "./printing/print.ts";
export type { NestedList } from "./printing/print.ts";
export { affineData, affineFloats } from "./products/affine.ts";
export { contract } from "./products/contract.ts";
export type { Pairing } from "./products/contract.ts";
export { convolveData } from "./products/convolve.ts";
export { convolveLater } from "./products/convolvelater.ts";
export type { ConvolveParameters } from "./products/convolve.ts";
export { matmulData, rowTimes } from "./products/matmul.ts";
export { poolData } from "./products/pool.ts";
export type { PoolParameters } from "./products/pool.ts";
export { parseSubscripts } from "./products/subscripts.ts";
export { namedPads, paddedAxis, spanOf } from "./products/window.ts";
export type { Edges, Pads } from "./products/window.ts";
export { reducedAxes, toReduceOptions, toReduceParameters } from "./reduce/axes.ts";
export type { Axes, ReduceOptions, ReduceParameters } from "./reduce/axes.ts";
export { argExtremeData, extremeData } from "./reduce/extremes.ts";
export { groupNormData } from "./reduce/groupnorm.ts";
export type { GroupNormParameters } from "./reduce/groupnorm.ts";
export { layerNormData } from "./reduce/layernorm.ts";
export type { LayerNormParameters } from "./reduce/layernorm.ts";
export { l2NormalizeData, normalizeData } from "./reduce/normalize.ts";
export type { BatchNormParameters, NormalizeParameters } from "./reduce/normalize.ts";
export { cumulativeData } from "./reduce/cumulative.ts";
export { countData, logsumexpData, meanData, prodData, sumData, sumSquaresData, varData } from "./reduce/sums.ts";
export { truthData } from "./reduce/truth.ts";
export { gluData, logSoftmaxData, softmaxData } from "./reduce/softmax.ts";
export { meanWhereData, varianceWhereData } from "./reduce/statistics.ts";
export type { VarianceParameters } from "./reduce/statistics.ts";
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
export { I0, I1 } from "./elementwise/bessel.ts";
export { exponentData, ldexpData, nextafterData } from "./elementwise/floatparts.ts";
export { choleskyData, determinantData, pivotsData, solveData } from "./linalg/decompositions.ts";
export { derived } from "./manipulation/derived.ts";
export { widenedData } from "./widened.ts";
export { cellData } from "./recurrent/cell.ts";
export { sequenceData } from "./recurrent/sequence.ts";
export type { CellState, CellWeights, Weights } from "./recurrent/sequence.ts";
