import type { Filter } from "../graph/filter.ts";

/**
 * An argument of `nnx.grad`, and which of its Variables are differentiated.
 *
 * Source: Flax 0.12.8 `flax/nnx/transforms/autodiff.py` (`DiffState`).
 * @example
 * const biases = new nnx.DiffState(0, nnx.PathContains("bias"));
 * const layer = new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) });
 * const grads = nnx.grad((layer, x) => layer(x).sum(), { argnums: biases })(layer, jnp.ones([4, 2]));
 * nnx.toFlatState(grads).map(([path]) => path.join("/")) // => ["bias"]
 */
export class DiffState {
  readonly argnum: number;
  readonly filter: Filter;

  /** @param argnum the place of the argument, counted from the end where negative */
  constructor(argnum: number, filter: Filter) {
    this.argnum = argnum;
    this.filter = filter;
  }
}
