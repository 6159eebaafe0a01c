import type { VariableValue } from "../variables/variable.ts";
import { Variable } from "../variables/variable.ts";

/**
 * What an optimizer keeps: its step count, and the base class of the two kinds below.
 *
 * Source: Flax 0.12.8 `flax/nnx/training/optimizer.py` (`OptState`), as are the other classes of this file.
 * @example
 * const optimizer = new nnx.Optimizer(model, optax.sgd(0.1), { wrt: nnx.Param });
 * nnx.state(optimizer, nnx.OptState).size // => 1
 */
export class OptState<T extends VariableValue = VariableValue> extends Variable<T> {
  static override readonly kind: string = "OptState";
}

/**
 * An array of an optimizer's state that belongs to no Variable of the model, such as a count.
 *
 * @example
 * const optimizer = new nnx.Optimizer(model, optax.adam(0.1), { wrt: nnx.Param });
 * nnx.toFlatState(nnx.state(optimizer, nnx.OptArray)).map(([path]) => path.join("/")) // => ["opt_state/0/count"]
 */
export class OptArray<T extends VariableValue = VariableValue> extends OptState<T> {
  static override readonly kind = "OptArray";
}

/**
 * An array of an optimizer's state that belongs to a Variable of the model, whose metadata it has.
 *
 * @example
 * const optimizer = new nnx.Optimizer(model, optax.sgd(0.1, { momentum: 0.9 }), { wrt: nnx.Param });
 * const flat = nnx.toFlatState(nnx.state(optimizer, nnx.OptVariable));
 * flat.map(([path]) => path.join("/")) // => ["opt_state/0/trace/kernel"]
 */
export class OptVariable<T extends VariableValue = VariableValue> extends OptState<T> {
  static override readonly kind = "OptVariable";
}
