/** Files of weights: bytes to and from named arrays. Knows no modules. */
export { bitsOf, byteLength, decodeTensor, dtypeOf, FILE_DTYPES, isFileDType } from "./dtypes.ts";
export type { FileDType } from "./dtypes.ts";
export { LoadError } from "./errors.ts";
export type { LoadErrorCode, LoadErrorPlace } from "./errors.ts";
export type { FileListing, Format, GetOptions, TensorInfo, WeightsFile } from "./file.ts";
export { lazyFile } from "./lazyfile.ts";
export type { FileParts, TensorEntry } from "./lazyfile.ts";
