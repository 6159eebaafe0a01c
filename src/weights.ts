/**
 * Files of weights, in and out: `import { open, save } from "flaxen/weights"`.
 *
 * @packageDocumentation
 */
export { add, join, loadInto, save, saveParts, saveTo, split, stack, tied, torch } from "./loading/index.ts";
export type {
  JoinOptions,
  Layout,
  LoadOptions,
  LoadReport,
  ModelOptions,
  NameFunction,
  NameMap,
  Rule,
  RuleParts,
  RuleTarget,
  Savable,
  SaveModelOptions,
  SaveModelToOptions,
  ShardModelOptions,
  SplitOptions,
  StackOptions,
  TorchOptions,
  Transform,
} from "./loading/index.ts";
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
