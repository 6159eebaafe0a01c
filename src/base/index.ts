export { shapesOnly } from "./shapesonly.ts";
export type { AttentionOptions, AttentionSizes, Overlay, RowWrites } from "./attention.ts";
export { BRAND, brandOf, hasBrand } from "./brand.ts";
export { config } from "./config.ts";
export { describe, EngineError, EnvError, KeyError, LimitError, RngError, ShapeError } from "./errors.ts";
export { COMPARISON_ROWS, FLOAT_ROWS, PLAIN_ROWS, ROWS } from "./floatrows.ts";
export type { FloatRow } from "./floatrows.ts";
export { flush } from "./flush.ts";
export { fma } from "./fma.ts";
export { int } from "./int.ts";
export { toSize } from "./size.ts";
export { LONGEST_ROW } from "./kernels.ts";
export type {
  ActivationName,
  BackendName,
  BinaryOperation,
  Comparison,
  Kernels,
  PlainOperation,
  UnaryName,
} from "./kernels.ts";
export type { Windows } from "./windows.ts";
export { highWord, lowWord } from "./words.ts";
