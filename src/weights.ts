/**
 * Files of weights, in and out: `import { open, save } from "flaxen/weights"`.
 *
 * @packageDocumentation
 */
export {
  LoadError,
  open,
  openSafetensors,
  readMsgpack,
  readNpy,
  readSafetensors,
  save,
  saveParts,
  saveTo,
} from "./weights/index.ts";
export type {
  CacheLike,
  FetchLike,
  FileDType,
  FileListing,
  Format,
  GetOptions,
  LoadErrorCode,
  MemoryFile,
  NamedArrays,
  NpyOptions,
  OpenOptions,
  Progress,
  ReadableFormat,
  ReadingOptions,
  ReadOptions,
  Saveable,
  SaveableTree,
  SaveOptions,
  SaveToOptions,
  ShardOptions,
  Source,
  Target,
  TensorInfo,
  WeightsFile,
  WritableFormat,
} from "./weights/index.ts";
