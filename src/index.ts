/**
 * flaxen: Flax NNX for TypeScript.
 *
 * `import { nnx, random, numpy as jnp } from "flaxen"`
 *
 * @packageDocumentation
 */
export { NDArray } from "./array/index.ts";
export type { ArrayLike, DType, Shape, ShapeLike } from "./array/index.ts";
export {
  checkpoint,
  customVjp,
  debugInfs,
  debugNans,
  FloatingPointError,
  grad,
  hessian,
  jacfwd,
  jacrev,
  jvp,
  valueAndGrad,
  vjp,
} from "./autodiff/index.ts";
export { backend, config, init, memoryInfo, useBackend } from "./backend/index.ts";
export type { BackendInfo, InitInfo, InitOptions, MemoryInfo } from "./backend/index.ts";
export * as data from "./batches.ts";
export { EngineError, EnvError, int, KeyError, LimitError, RngError, ShapeError } from "./base/index.ts";
export type { BackendName } from "./base/index.ts";
export { ModuleBasics, moduleBasicsForward } from "./modulebasics.ts";
export * as image from "./image/index.ts";
export * as jax from "./jax.ts";
export * as lax from "./lax/index.ts";
export * as linalg from "./linalg.ts";
export * as nn from "./nn/index.ts";
export * as nnx from "./nnx/index.ts";
export * as numpy from "./numpy.ts";
export * as optax from "./optax.ts";
export * as random from "./random/index.ts";
export { ShapeDtypeStruct } from "./shapedtypestruct.ts";
export * as traverseUtil from "./traverseutil.ts";
export * as tree from "./tree.ts";
export * as treeUtil from "./treeutil.ts";
