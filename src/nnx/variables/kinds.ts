import type { NDArray } from "../../array/index.ts";
import type { Key } from "../../random/index.ts";
import { Variable } from "./variable.ts";

/**
 * A learned weight. An array that is put on a module without a Param around it is a buffer: part of the state, but
 * `nnx.state(model, nnx.Param)` does not list it.
 *
 * @example
 * const kernel = new nnx.Param(jnp.zeros([3, 4]));
 * kernel.shape // => [3, 4]
 */
export class Param extends Variable {
  static override readonly kind: string = "Param";
}

/**
 * A weight of a low-rank adapter, so that filters can tell it from the weights it adapts.
 *
 * @example
 * new nnx.LoRAParam([0]) instanceof nnx.Param // => true
 */
export class LoRAParam extends Param {
  static override readonly kind = "LoRAParam";
}

/**
 * A running statistic of a normalisation layer.
 *
 * @example
 * new nnx.BatchStat([0, 0]) instanceof nnx.Param // => false
 */
export class BatchStat extends Variable {
  static override readonly kind = "BatchStat";
}

/**
 * What a layer keeps between calls, such as the keys and values of attention.
 *
 * @example
 * new nnx.Cache([0]) instanceof nnx.Variable // => true
 */
export class Cache extends Variable {
  static override readonly kind = "Cache";
}

/**
 * A value recorded on the way through a model.
 *
 * @example
 * new nnx.Intermediate([0]) instanceof nnx.Variable // => true
 */
export class Intermediate extends Variable {
  static override readonly kind: string = "Intermediate";
}

/**
 * What `module.perturb` adds to a value: zeros, whose gradient is that of the value.
 *
 * @example
 * new nnx.Perturbation([0]) instanceof nnx.Intermediate // => true
 */
export class Perturbation extends Intermediate {
  static override readonly kind = "Perturbation";
}

/**
 * What a random stream keeps: its key and its count.
 *
 * @example
 * nnx.state(new nnx.Rngs(0), nnx.RngState).size // => 2
 */
export class RngState<T extends NDArray | Key = NDArray | Key> extends Variable<T> {
  static override readonly kind: string = "RngState";
}

/**
 * The key of a random stream.
 *
 * @example
 * new nnx.Rngs(0).default.key.get().equals(random.key(0)) // => true
 */
export class RngKey extends RngState<Key> {
  static override readonly kind = "RngKey";
}

/**
 * How many keys a random stream has handed out, uint32.
 *
 * @example
 * new nnx.Rngs(0).default.count instanceof nnx.RngCount // => true
 */
export class RngCount extends RngState<NDArray> {
  static override readonly kind = "RngCount";
}
