export { abstractArray, isAbstract } from "./abstract.ts";
/** What the floors above need of arrays; the entry point of the numpy functions is src/numpy.ts. */
export { DATA, plainOf } from "../data/index.ts";
export { apply, applyAll, interpreter } from "./apply.ts";
export type { Input, Interpreter, Operation } from "./apply.ts";
export { viewData, TO_ARRAY, toData } from "../data/index.ts";
export type { AnyTypedArray, ArrayLike, Nested } from "../data/index.ts";
export { castData, arrayData, emptyData, zerosData } from "../data/index.ts";
export type { ArrayData } from "../data/index.ts";
export { checkDType, isDType, isFloat, promote } from "../data/index.ts";
export type { DType, TypedArray } from "../data/index.ts";
export {
  abs,
  add,
  ceil,
  clip,
  divide,
  floor,
  floorDivide,
  matmul,
  maximum,
  minimum,
  mod,
  multiply,
  negative,
  power,
  reciprocal,
  remainder,
  round,
  sign,
  square,
  subtract,
  trunc,
} from "./elementwise/arithmetic.ts";
export { bitwiseAnd, bitwiseNot, bitwiseOr, bitwiseXor, leftShift, rightShift } from "./elementwise/bitwise.ts";
export {
  allclose,
  arrayEqual,
  equal,
  greater,
  greaterEqual,
  isclose,
  isfinite,
  isinf,
  isnan,
  less,
  lessEqual,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
  nanToNum,
  notEqual,
  where,
} from "./elementwise/comparison.ts";
export type { CloseOptions, NanToNumOptions } from "./elementwise/comparison.ts";
export { copysign, degrees, hypot, logaddexp, radians, select, signbit } from "./elementwise/compound.ts";
export {
  cos,
  erf,
  erfInv,
  exp,
  exp2,
  expm1,
  floating,
  log,
  log10,
  log1p,
  log2,
  logistic,
  sin,
  sqrt,
  tan,
  tanh,
} from "./elementwise/elementary.ts";
export { arccos, arccosh, arcsin, arcsinh, arctan, arctan2, arctanh, cbrt, cosh, sinh } from "./elementwise/inverse.ts";
export {
  divmod,
  fabs,
  floatPower,
  fmax,
  fmin,
  fmod,
  gcd,
  heaviside,
  isneginf,
  isposinf,
  lcm,
  logaddexp2,
  modf,
  positive,
  rint,
  sinc,
} from "./elementwise/variants.ts";
export { fromHalf, toHalf } from "../data/index.ts";
export type { At } from "./at.ts";
export type { Index } from "../data/index.ts";
export { argwhere, flatnonzero, nonzero, trilIndices, triuIndices } from "./indexing/nonzero.ts";
export { orderData, selectLargest, UNSIGNED } from "../data/index.ts";
export { argsort, sort, take, takeAlongAxis, topK } from "./indexing/selection.ts";
export { isin, searchsorted, unique } from "./indexing/sets.ts";
export type { UniqueOptions } from "./indexing/sets.ts";
export type { SliceText } from "../data/index.ts";
export type { SortOptions } from "../data/index.ts";
export type { TakeMode, TakeOptions } from "../data/index.ts";
export { concatenate, hstack, stack, vstack } from "./manipulation/joining.ts";
export { arraySplit, split, unstack } from "./manipulation/splitting.ts";
export { repeat, tile } from "./manipulation/tiling.ts";
export { takeAlongData, takeData } from "../data/index.ts";
export type { AxisLike } from "../data/index.ts";
export { flip, roll } from "./manipulation/moving.ts";
export { surround } from "./manipulation/surround.ts";
export { pad } from "./padding/pad.ts";
export type { PadFunction, PadMode, PadOptions } from "./padding/pad.ts";
export type { Ends, PadWidth } from "./padding/widths.ts";
export {
  broadcastTo,
  expandDims,
  moveaxis,
  ravel,
  reshape,
  squeeze,
  swapaxes,
  transpose,
} from "./manipulation/shapes.ts";
export { gather, permuted, rawOf, broadcastData, stridesOf } from "../data/index.ts";
export {
  append,
  atleast1d,
  atleast2d,
  atleast3d,
  broadcastArrays,
  broadcastShapes as broadcastAllShapes,
  columnStack,
  dsplit,
  dstack,
  fliplr,
  flipud,
  hsplit,
  matrixTranspose,
  rot90,
  vsplit,
} from "./manipulation/views.ts";
export { e, eulerGamma, inf, nan, newaxis, pi } from "../data/index.ts";
export {
  array,
  asarray,
  fromLists,
  astype,
  full,
  fullLike,
  isArray,
  ones,
  onesLike,
  zeros,
  zerosLike,
} from "./creation/arrays.ts";
export { diag, eye, identity, meshgrid, tri, tril, triu } from "./creation/diagonals.ts";
export type { EyeOptions } from "./creation/diagonals.ts";
export { finfo, iinfo, ndim, promoteTypes, resultType, shape, size } from "./info.ts";
export type { FloatInfo, IntegerInfo } from "./info.ts";
export { oneHot } from "./creation/onehot.ts";
export type { OneHotOptions } from "./creation/onehot.ts";
export { linspace } from "./numeric/linspace.ts";
export type { LinspaceOptions } from "./numeric/linspace.ts";
export { arange } from "./creation/ranges.ts";
export { asNDArray, clip as clipBetween, NDArray, unary as applyUnary } from "./ndarray.ts";
export { sameBits } from "./samebits.ts";
export { castTo, scalar } from "./scalar.ts";
export type { Activation } from "../data/index.ts";
export { ACTIVATE, activate, PRELU, prelu } from "./nn/activate.ts";
export { AFFINE, affine } from "./nn/affine.ts";
export { ATTENTION, ATTENTION_WEIGHTS, attention, attentionToFirst, attentionWithWeights } from "./nn/attention.ts";
export { gruStep, lstmStep, simpleStep } from "./nn/cell.ts";
export type { Gates } from "./nn/cell.ts";
export { CELL_HIDDEN, CELL_STATE } from "./nn/cellrecords.ts";
export type { CellInputs } from "./nn/cellrecords.ts";
export { COLUMNS, columns } from "./nn/columns.ts";
export { castWeight } from "./nn/weightcasts.ts";
export { cellSequence } from "./nn/sequence.ts";
export type { FusedCell } from "./nn/sequence.ts";
export { contract } from "./nn/contract.ts";
export { CONVOLVE, convolve, FLIP_KERNEL, flipKernel, WRAP, wrap } from "./nn/convolve.ts";
export { decodeStep } from "./nn/decodestep.ts";
export type { KeyValueCache, Projection } from "./nn/decodestep.ts";
export { DROPOUT, dropout } from "./nn/dropout.ts";
export { CROSS_ENTROPY, crossEntropyOfRows } from "./nn/crossentropy.ts";
export { EMBEDDING, embedding } from "./nn/embedding.ts";
export { GROUP_NORM, groupNorm, LAYER_NORM, layerNorm } from "./nn/layernorm.ts";
export {
  BATCH_NORM,
  batchNorm,
  L2_NORMALIZE,
  l2Normalize,
  MEAN_WHERE,
  meanWhere,
  NORMALIZE,
  normalize,
  VARIANCE_WHERE,
  varianceWhere,
} from "./nn/normalize.ts";
export type { AttentionParameters, ConvolveParameters } from "../data/index.ts";
export { POOL, pool } from "./nn/pool.ts";
export type { PoolParameters } from "../data/index.ts";
export { withRow } from "./nn/rowstore.ts";
export { GLU, glu, LOG_SOFTMAX, logSoftmax, SOFTMAX, softmax } from "./nn/softmax.ts";
export { viewArray } from "./nn/inputs.ts";
export { formatFloat32 } from "../data/index.ts";
export type { NestedList } from "../data/index.ts";
export { affineFloats } from "../data/index.ts";
export { einsum } from "./products/einsum.ts";
export { matmulData } from "../data/index.ts";
export { dot, inner, outer, tensordot, vdot } from "./products/contractions.ts";
export { parseSubscripts } from "../data/index.ts";
export { diagonal, kron, matvec, trace, vecdot, vecmat } from "./products/vectors.ts";
export type { DiagonalOptions } from "./products/vectors.ts";
export { namedPads, spanOf } from "../data/index.ts";
export type { Edges, Pads } from "../data/index.ts";
export { reducedAxes } from "../data/index.ts";
export type { Axes, ReduceOptions } from "../data/index.ts";
export { average, diff, ptp } from "./reduce/differences.ts";
export type { AverageOptions, DiffOptions } from "./reduce/differences.ts";
export { norm } from "./reduce/linalg.ts";
export type { NormOptions, NormOrder } from "./reduce/linalg.ts";
export { nanmax, nanmean, nanmin, nanprod, nansum } from "./reduce/nan.ts";
export {
  all,
  any,
  argmax,
  argmin,
  countNonzero,
  cumprod,
  cumsum,
  max,
  mean,
  min,
  prod,
  std,
  sum,
  variance,
} from "./reduce/reductions.ts";
export type { VarianceOptions } from "./ndarray.ts";
export type { ArgOptions } from "./reduce/reductions.ts";
export {
  broadcastIndex,
  broadcastShapes,
  formatShape,
  sameShape,
  sizeOf,
  toAxes,
  toAxis,
  toShape,
} from "../data/index.ts";
export type { Shape, ShapeLike } from "../data/index.ts";
/** The operations: records for `apply`, and keys for tables of what is known of them. */
export {
  ABS,
  ACOS,
  ACOSH,
  ADD,
  ASIN,
  ASINH,
  ATAN,
  ATAN2,
  ATANH,
  BITWISE_AND,
  BITWISE_OR,
  BITWISE_XOR,
  CBRT,
  CEIL,
  COS,
  COSH,
  DIVIDE,
  EQUAL,
  ERF,
  ERF_INV,
  EXP,
  EXP2,
  EXPM1,
  FLOOR,
  FLOOR_DIVIDE,
  GREATER,
  GREATER_EQUAL,
  I0,
  I1,
  LEFT_SHIFT,
  LESS,
  LESS_EQUAL,
  LOG,
  LOG1P,
  LOGISTIC,
  MAXIMUM,
  MINIMUM,
  MULTIPLY,
  NEGATIVE,
  NOT_EQUAL,
  POWER,
  RECIPROCAL,
  REMAINDER,
  RIGHT_SHIFT,
  SIGN,
  SIN,
  SINH,
  SQRT,
  SQUARE,
  SUBTRACT,
  TAN,
  TANH,
  TRUNC,
} from "../data/index.ts";
export {
  CAST,
  CLIP,
  EXPONENT,
  HYPOT,
  INTEGER_POWER,
  ISCLOSE,
  ISFINITE,
  ISINF,
  ISNAN,
  LDEXP,
  LOGADDEXP,
  MULTIPLY_ADD,
  NAN_TO_NUM,
  NEXTAFTER,
  ROUND,
  SIGNBIT,
  WHERE,
} from "./operations/elementwise.ts";
export {
  ALL,
  ANY,
  ARGMAX,
  ARGMIN,
  COUNT_NONZERO,
  CUMPROD,
  CUMSUM,
  LOGSUMEXP,
  MAX,
  MEAN,
  MIN,
  PROD,
  SUM,
  SUM_SQUARES,
  VAR,
} from "./operations/reductions.ts";
export { BROADCAST_TO, CONCATENATE, PAD, RESHAPE, ROLL, TRANSPOSE } from "./operations/manipulation.ts";
export {
  ARGSORT,
  GATHER,
  ISIN,
  SCATTER_ADD,
  SCATTER_MAX,
  SCATTER_MIN,
  SCATTER_MULTIPLY,
  SCATTER_SET,
  SEARCHSORTED,
  SORT_KEYS,
  TAKE,
  TAKE_ALONG_AXIS,
  TOP_K,
} from "./operations/indexing.ts";
export { BAND, COPY, LINSPACE, ONE_HOT } from "./operations/creation.ts";
export { CONTRACT, MATMUL } from "./operations/products.ts";
export { packArray, unpackArray } from "./transfer.ts";
export type { PackedArray } from "./transfer.ts";
export type { Pairing } from "../data/index.ts";
export { CHOLESKY, DETERMINANT, DETERMINANT_SIGN, LOG_DETERMINANT, SOLVE } from "./linalg/operations.ts";
export { cholesky, det, matrixPower, multiDot, slogdet } from "./linalg/factors.ts";
export { linalgDiagonal, linalgTrace } from "./linalg/diagonals.ts";
export { qr } from "./linalg/qr.ts";
export type { QrMode } from "./linalg/qr.ts";
export { inv, solve } from "./linalg/solve.ts";
export {
  bfloat16,
  bool,
  canCast,
  complex128,
  complex64,
  complexfloating,
  dtype,
  float16,
  float32,
  float64,
  floating as floatingKind,
  generic,
  inexact,
  int16,
  int32,
  int64,
  int8,
  integer,
  isdtype,
  isscalar,
  issubdtype,
  number,
  signedinteger,
  uint16,
  uint32,
  uint64,
  uint8,
  unsignedinteger,
} from "./dtypes.ts";
export type { DTypeKind, DTypeName } from "./dtypes.ts";
export { angle, conj, imag, iscomplex, iscomplexobj, isreal, isrealobj, real } from "./elementwise/complexparts.ts";
export { bitwiseCount, frexp, ldexp, nextafter } from "./elementwise/floatparts.ts";
export { applyAlongAxis, applyOverAxes, fromfunction, fromiter, piecewise, vectorize } from "./functional.ts";
export type { VectorizeOptions } from "./functional.ts";
export {
  diagflat,
  diagIndices,
  diagIndicesFrom,
  indices,
  ix_,
  maskIndices,
  ravelMultiIndex,
  trilIndicesFrom,
  triuIndicesFrom,
  unravelIndex,
} from "./selecting/grids.ts";
export type { IndicesOptions, RavelMultiIndexOptions } from "./selecting/grids.ts";
export { choose, compress, extract } from "./selecting/choosing.ts";
export { fillDiagonal, place, put, putAlongAxis } from "./selecting/replacing.ts";
export type { InplaceOptions } from "./selecting/replacing.ts";
export { argpartition, digitize, lexsort, partition } from "./selecting/partition.ts";
export {
  intersect1d,
  setdiff1d,
  setxor1d,
  union1d,
  uniqueAll,
  uniqueCounts,
  uniqueInverse,
  uniqueValues,
} from "./selecting/setoperations.ts";
export type { IntersectOptions, SetOptions } from "./selecting/setoperations.ts";
export { block } from "./manipulation/block.ts";
export type { Blocks } from "./manipulation/block.ts";
export { resize } from "./selecting/resize.ts";
export { rollaxis } from "./manipulation/rollaxis.ts";
export { ediff1d } from "./reduce/ediff1d.ts";
export type { Ediff1dOptions } from "./reduce/ediff1d.ts";
export { insert, remove } from "./selecting/insertion.ts";
export type { AxisIndices } from "./selecting/insertion.ts";
export { trimZeros } from "./selecting/trimzeros.ts";
export { cross } from "./numeric/cross.ts";
export type { CrossOptions } from "./numeric/cross.ts";
export { gradient } from "./numeric/gradient.ts";
export { interp } from "./numeric/interp.ts";
export type { InterpOptions } from "./numeric/interp.ts";
export { trapezoid } from "./numeric/trapezoid.ts";
export type { TrapezoidOptions } from "./numeric/trapezoid.ts";
export { unwrap } from "./numeric/unwrap.ts";
export type { UnwrapOptions } from "./numeric/unwrap.ts";
export { vander } from "./numeric/vander.ts";
export type { VanderOptions } from "./numeric/vander.ts";
export { poly, polyadd, polyder, polydiv, polyfit, polyint, polymul, polysub, polyval } from "./numeric/polynomials.ts";
export { geomspace, logspace } from "./numeric/spaces.ts";
export type { LogspaceOptions } from "./numeric/spaces.ts";
export { cumulativeProd, cumulativeSum, nancumprod, nancumsum } from "./reduce/cumulative.ts";
export type { CumulativeOptions } from "./reduce/cumulative.ts";
export { nanargmax, nanargmin, nanstd, nanvar } from "./reduce/nanspread.ts";
export { convolve as convolveLines, correlate } from "./signals/convolve.ts";
export type { ConvolveMode } from "./signals/convolve.ts";
export { bartlett, blackman, hamming, hanning, i0, kaiser } from "./signals/windows.ts";
export { corrcoef, cov } from "./statistics/covariance.ts";
export type { CorrelationOptions, CovarianceOptions } from "./statistics/covariance.ts";
export { bincount, histogram, histogram2d, histogramBinEdges, histogramdd } from "./statistics/histograms.ts";
export type { BincountOptions, HistogramOptions, HistogramsOptions } from "./statistics/histograms.ts";
export { median, nanmedian, nanpercentile, nanquantile, percentile, quantile } from "./statistics/quantiles.ts";
export type { QuantileMethod, QuantileOptions } from "./statistics/quantiles.ts";
export { arrayEquiv } from "./elementwise/equivalent.ts";
export { packbits, unpackbits } from "./elementwise/packing.ts";
export type { BitOrder, PackbitsOptions, UnpackbitsOptions } from "./elementwise/packing.ts";
export { ArrayRegion, BufferPool, outliving, seen, unheld, valueFor } from "./region.ts";
export { logsumexp } from "./reduce/logsumexp.ts";
export type { LogsumexpOptions, SignedLogsumexpOptions } from "./reduce/logsumexp.ts";
export type { Spacing } from "../data/index.ts";
export type { GeomspaceOptions } from "./numeric/spaces.ts";
