import type { NDArray } from "../../array/index.ts";
import { abstractArray } from "../../array/index.ts";
import { brandOf, describe, hasBrand, refuseSurplus, shapesOnly } from "../../base/index.ts";
import { isPlain, roleOf } from "../tree/data.ts";
import type { Leaf } from "../graph/leaf.ts";
import type { GraphDef } from "../graph/graphdef.ts";
import { flatten, unflatten } from "../graph/graphdef.ts";
import { pathKey } from "../tree/path.ts";
import { State } from "./state.ts";
import { split } from "./split.ts";
import type { Variable } from "../variables/variable.ts";
import { RngState } from "../variables/kinds.ts";

/**
 * What a function gives, with shapes and dtypes but without values: its arrays are neither allocated nor computed, so
 * that a model of any size takes milliseconds. Every shape check runs. Load values into the model with `nnx.update`.
 *
 * Keys are computed as usual, and the streams of an Rngs keep theirs. Reading an element of an array that has none is
 * an error that says so; inside the function it is one at once. The limit of 2^31 - 1 elements an array is lifted. What
 * the function writes to Variables from outside, as a BatchNorm in training does, stays written: give it
 * `nnx.clone(model)`.
 *
 * @throws what `f` throws; TypeError if `f` reads elements, or is asynchronous
 *
 * Source: Flax 0.12.8 `flax/nnx/transforms/transforms.py` (`eval_shape`).
 * @example
 * const big = nnx.evalShape(() => new ModuleBasics(100000, 100000, new nnx.Rngs(0)));
 * String(big.kernel.get()) // => "ShapeDtypeStruct(shape=[100000, 100000], dtype=float32)"
 */
export function evalShape<A extends readonly unknown[], R>(f: (...args: A) => R, ...args: A): R {
  if (typeof f !== "function")
    throw new TypeError(
      `nnx.evalShape: "f" expected a function, got ${describe(f)}.\n` +
        "  wrong: nnx.evalShape(new Model(rngs))\n" +
        "  right: nnx.evalShape(() => new Model(new nnx.Rngs(0)))",
    );
  const before = shapesOnly.on;
  shapesOnly.on = true;
  try {
    const result = f(...args);
    if (result instanceof Promise)
      throw new TypeError('nnx.evalShape: "f" expected a function that is not asynchronous, got a promise');
    return asAbstract(result);
  } finally {
    shapesOnly.on = before;
  }
}

/**
 * A copy of a model, state, array or plain container whose arrays have shapes and dtypes but no values. The state of
 * random streams stays.
 *
 * Source: Flax 0.12.8 `flax/nnx/spmd.py` and `jax.eval_shape` (`ShapeDtypeStruct`).
 * @example
 * String(nnx.asAbstract(jnp.zeros([2, 3]))) // => "ShapeDtypeStruct(shape=[2, 3], dtype=float32)"
 */
export function asAbstract<T>(tree: T): T {
  if (arguments.length > 1) refuseSurplus("nnx.asAbstract", "tree", arguments, false);
  return convert(tree) as T;
}

function convert(value: unknown): unknown {
  switch (brandOf(value)) {
    case "NDArray": {
      const { shape, dtype } = value as NDArray;
      return abstractArray(shape, dtype);
    }
    case "Variable":
      return value instanceof RngState
        ? (value as Variable).copy()
        : (value as Variable).replace(convert((value as Variable).getRawValue()) as never);
    case "State":
      return new State([...(value as unknown as State)].map(([path, leaf]) => [path, convert(leaf) as Leaf] as const));
  }
  if (roleOf(value) === "node") {
    const { graphdef, entries } = flatten(value as object);
    return unflatten(graphdef.root, new Map(entries.map(([path, leaf]) => [pathKey(path), convert(leaf)])));
  }
  if (Array.isArray(value)) return value.map(convert);
  if (typeof value === "object" && value !== null && !hasBrand(value, "GraphDef") && isPlain(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, convert(item)]));
  return value;
}

/**
 * The structure and the state, without values, of the model that a function builds.
 *
 * Source: Flax 0.12.8 `flax/nnx/spmd.py` (`get_abstract_model`).
 * @example
 * const [graphdef, state] = nnx.getAbstractModel(() => new ModuleBasics(3, 4, new nnx.Rngs(0)));
 * state.get("kernel").shape // => [3, 4]
 */
export function getAbstractModel<M extends object>(init: () => M): [GraphDef<M>, State] {
  if (arguments.length > 1) refuseSurplus("nnx.getAbstractModel", "initFn", arguments, false);
  return split(evalShape(init)) as [GraphDef<M>, State];
}
