export { shapesOnly } from "./shapesonly.ts";
export type { AttentionCotangents, AttentionOptions, AttentionSizes, Overlay, RowWrites } from "./attention.ts";
export type { AttentionKernels } from "./attentionkernels.ts";
export type { ConvolutionKernels } from "./convolutionkernels.ts";
export type { Epilogue, EpilogueNorm } from "./epilogue.ts";
export { BRAND, brandOf, hasBrand } from "./brand.ts";
export type { Given, Places } from "./call/places.ts";
export { bind } from "./call/bind.ts";
export { isNamed } from "./call/named.ts";
export { assertOrder, fits, inOrder, inTrees, ordered, orderedTrees } from "./call/order.ts";
export { assertNames, assertTakes, refuseSurplus, unknownError } from "./call/refuse.ts";
export { byCodePoint } from "./codepoints.ts";
export { config } from "./config.ts";
export { exactFma } from "./exactfma.ts";
export {
  assertFunction,
  assertList,
  describe,
  EngineError,
  EnvError,
  KeyError,
  LimitError,
  RngError,
  ShapeError,
} from "./errors.ts";
export type { FloatLoop } from "./floatloop.ts";
export { flush } from "./flush.ts";
export { fma } from "./fma.ts";
export { fromHalf, widen } from "./half.ts";
export type { HalfDType } from "./half.ts";
export { int } from "./int.ts";
export { editDistance } from "./nearmiss.ts";
export { nodeModule } from "./nodemodule.ts";
export { toSize } from "./size.ts";
export type { AdamNumbers, Descent, GradientKernels } from "./gradientkernels.ts";
export { BATCH_MATRIX, LONGEST_COLUMN, LONGEST_ROW } from "./kernels.ts";
export type { BackendName, Kernels } from "./kernels.ts";
export { ACTIVATION, ARITHMETIC, CELL, CELL_BACK, COMPARISON, EXACT_UNARY, GATES, UNARY } from "./opcodes.ts";
export type {
  ActivationName,
  BinaryOperation,
  CellBackName,
  CellName,
  Comparison,
  ExactUnary,
  UnaryName,
} from "./opcodes.ts";
export { copyRun, paddedImage, writeLines } from "./padding.ts";
export type { NormKernels } from "./normkernels.ts";
export type { RecurrentKernels } from "./recurrentkernels.ts";
export type { SoftmaxKernels } from "./softmaxkernels.ts";
export { UNCLONEABLE } from "./uncloneable.ts";
export type { Padding, Piece, PoolSegment, PoolWindows, Windows } from "./windows.ts";
export { highWord, lowWord } from "./words.ts";
export { addBlocks, columnsOf, PRODUCT_BLOCK } from "./productblocks.ts";
