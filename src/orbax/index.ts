/**
 * Orbax checkpoints: what Flax NNX models are saved as. Read here; flaxen writes safetensors and msgpack.
 */
export { LoadError } from "../weights/index.ts";
export type { LoadErrorCode, WeightsFile } from "../weights/index.ts";
export { open } from "./open.ts";
export type { CheckpointSource, OpenOptions, ReadFile } from "./open.ts";
