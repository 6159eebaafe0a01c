import * as flaxen from "../../src/index.ts";

/** The namespaces with functions that Python has, by their names in the recorded signatures; `nnx` is apart. */
export const NAMESPACES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  numpy: flaxen.numpy,
  linalg: flaxen.linalg,
  lax: flaxen.lax,
  nn: flaxen.nn,
  image: flaxen.image,
  ops: flaxen.jax.ops,
  random: flaxen.random,
  initializers: flaxen.nnx.initializers,
  optax: flaxen.optax,
  losses: flaxen.optax.losses,
};
