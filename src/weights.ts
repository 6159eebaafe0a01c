/**
 * Files of weights, in and out: `import { open, save } from "flaxen/weights"`.
 *
 * @packageDocumentation
 */
export { LoadError } from "./weights/index.ts";
export type { FileDType, Format, GetOptions, LoadErrorCode, TensorInfo, WeightsFile } from "./weights/index.ts";
