import type { ArrayLike, NDArray } from "../../array/index.ts";
import { brandOf, describe } from "../../base/index.ts";
import { isPlain } from "../tree/data.ts";
import { List } from "../modules/list.ts";
import { Module } from "../modules/module.ts";
import type { Rngs } from "../streams/rngs.ts";

/** What a Sequential calls: a module, or a plain function. */
export type Layer = (...args: never[]) => unknown;

/**
 * Calls one after another what it was given, each with the result of the one before. A result that is a plain array is
 * spread into positional arguments, one that is a plain object is passed as options.
 *
 * The layers are at `layers/0`, `layers/1`, ...; plain functions are configuration and have no state.
 *
 * Where the last argument of the call is `{ rngs }`, it is passed as last argument to every layer that says it takes it
 * with an attribute or getter `acceptsRngs` that is true, as a Sequential itself does, and to no other.
 *
 * Source: Flax 0.12.8 `flax/nnx/helpers.py` (`Sequential`).
 * @example
 * const net = new nnx.Sequential(model, (x) => x.mul(2));
 * net(jnp.ones([3])).tolist() // => model(jnp.ones([3])).mul(2).tolist()
 * nnx.toFlatState(nnx.state(net)).map(([path]) => path) // => [["layers", 0, "kernel"]]
 */
export class Sequential<
  Args extends readonly unknown[] = [x: ArrayLike, ...rest: unknown[]],
  Result = NDArray,
> extends Module<Args, Result> {
  // oxlint-disable-next-line typescript/no-explicit-any -- each layer has a type of its own
  declare readonly layers: List<any>;

  /**
   * @throws TypeError if a layer is not callable
   */
  constructor(...layers: readonly Layer[]) {
    super();
    layers.forEach((layer, i) => {
      if (typeof layer !== "function")
        throw new TypeError(`nnx.Sequential: "layers[${i}]" expected a module or a function, got ${describe(layer)}`);
    });
    this.layers = new List(layers);
  }

  /** A Sequential passes `{ rngs }` on. */
  get acceptsRngs(): boolean {
    return true;
  }

  override __call__(...given: Args): Result {
    const last: unknown = given.at(-1);
    const withRngs = isRngsOption(last);
    let args: readonly unknown[] = withRngs ? given.slice(0, -1) : given;
    const { layers } = this;
    if (layers.length === 0) return (args.length > 1 ? args : args[0]) as Result;
    let result: unknown;
    for (let i = 0; i < layers.length; i++) {
      const layer = layers[i] as Layer & { readonly acceptsRngs?: boolean };
      result = (layer as (...all: readonly unknown[]) => unknown)(
        ...args,
        ...(withRngs && layer.acceptsRngs === true ? [last] : []),
      );
      args = Array.isArray(result) ? result : [result];
    }
    return result as Result;
  }
}

function isRngsOption(x: unknown): x is { readonly rngs: Rngs } {
  return (
    typeof x === "object" &&
    x !== null &&
    isPlain(x) &&
    Object.keys(x).length === 1 &&
    brandOf((x as { rngs?: unknown }).rngs) === "Rngs"
  );
}
