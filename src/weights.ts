/**
 * Files of weights, in and out: `import { open, save } from "flaxen/weights"`.
 *
 * @packageDocumentation
 */
export { LoadError, open, openSafetensors, readMsgpack, readNpy, readSafetensors } from "./weights/index.ts";
export type {
  CacheLike,
  FetchLike,
  FileDType,
  FileListing,
  Format,
  GetOptions,
  LoadErrorCode,
  MemoryFile,
  NpyOptions,
  OpenOptions,
  Progress,
  ReadableFormat,
  ReadingOptions,
  ReadOptions,
  Source,
  TensorInfo,
  WeightsFile,
} from "./weights/index.ts";
