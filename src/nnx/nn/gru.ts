import { refuseSurplus } from "../../base/index.ts";
import type { ArrayLike, NDArray } from "../../array/index.ts";
import { asarray, gruStep, simpleStep, subtract } from "../../array/index.ts";
import type { CarryArguments, Activation, CellOptions, GatedCellOptions } from "./cell.ts";
import { carryArguments, gateOf, hasDefaultGates, RNNCellBase, splitLast } from "./cell.ts";
import { CELL, layerArguments } from "./layerarguments.ts";
import { tanh } from "./activations.ts";
import type { CellLayers } from "./fastsequence.ts";
import type { Linear } from "./linear.ts";

/** What cells share whose carry is one array. */
abstract class HiddenBase extends RNNCellBase<NDArray> {
  override initializeCarry(...given: CarryArguments): NDArray {
    const [inputShape, rngs, carryInit] = carryArguments(this, given);
    return this.newCarry(inputShape, rngs, carryInit);
  }
}

type Gates = [r: NDArray, z: NDArray, n: NDArray];

/**
 * A gated recurrent unit: `gru(h, x)` gives [h', h'], with h' = (1 - z) * n + z * h. The gates r and z are sigmoids of
 * sums of what x and h give, and n = tanh(x's + r * h's).
 *
 * - `x` [..., inFeatures], `h` [..., hiddenFeatures].
 * - Params, of three keys in this order: `dense_i/kernel` [inFeatures, 3 * hiddenFeatures], `dense_i/bias`
 *   [3 * hiddenFeatures], `dense_h/kernel` [hiddenFeatures, 3 * hiddenFeatures]. Their columns are r, z, n.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/recurrent.py` (`GRUCell`).
 * @throws TypeError, RangeError for bad sizes or no `rngs`; ShapeError, when called, if shapes do not fit
 * @example
 * const cell = new nnx.GRUCell(2, 3, { rngs: new nnx.Rngs(0) });
 * cell(jnp.zeros([3]), [1, 2])[1].shape // => [3]
 */
export class GRUCell extends HiddenBase {
  declare readonly gateFn: Activation;
  declare readonly dense_i: Linear;
  declare readonly dense_h: Linear;

  constructor(options: GatedCellOptions & { readonly inFeatures: number; readonly hiddenFeatures: number });
  constructor(inFeatures: number, options: GatedCellOptions & { readonly hiddenFeatures: number });
  constructor(inFeatures: number, hiddenFeatures: number, options: GatedCellOptions);
  constructor(...args: readonly unknown[]) {
    const [inFeatures, hiddenFeatures, options] = layerArguments<[number, number, GatedCellOptions]>(
      args,
      2,
      "nnx.GRUCell inFeatures hiddenFeatures * gateFn:f " + CELL,
    );
    super();
    this.setUp(inFeatures, hiddenFeatures, options);
    this.gateFn = gateOf(options);
    this.dense_i = this.inputLayer(3 * this.hiddenFeatures, true, options);
    this.dense_h = this.hiddenLayer(3 * this.hiddenFeatures, false, options);
  }

  /** @internal */
  override fusedLayers(): CellLayers | undefined {
    if (this.__call__ !== GRUCell.prototype.__call__ || !hasDefaultGates(this)) return undefined;
    return { name: "gru", input: [this.dense_i], hidden: [this.dense_h] };
  }

  override __call__(h: NDArray, inputs: ArrayLike): [NDArray, NDArray] {
    if (arguments.length > 2) refuseSurplus("nnx.GRUCell", "carry inputs", arguments);
    const [fromInput, fromHidden] = [this.dense_i(inputs), this.dense_h(h)];
    const next = (hasDefaultGates(this) && gruStep(fromInput, fromHidden, h)) || this.next(fromInput, fromHidden, h);
    return [next, next];
  }

  /** The formula that `gruStep` computes in one, for all activations and dtypes. */
  private next(fromInput: NDArray, fromHidden: NDArray, h: NDArray): NDArray {
    const [xr, xz, xn] = splitLast(fromInput, 3) as Gates;
    const [hr, hz, hn] = splitLast(fromHidden, 3) as Gates;
    const r = this.gateFn(xr.add(hr));
    const z = this.gateFn(xz.add(hz));
    const n = this.activationFn(xn.add(r.mul(hn)));
    return subtract(1, z).mul(n).add(z.mul(h));
  }
}

/** What `SimpleCell` takes besides the sizes. */
export interface SimpleCellOptions extends CellOptions {
  /** Adds the old state before the activation. Default false. */
  readonly residual?: boolean;
}

/**
 * The simplest recurrent cell: `cell(h, x)` gives [h', h'] with h' = tanh(x's + h's).
 *
 * - `x` [..., inFeatures], `h` [..., hiddenFeatures].
 * - Params, of three keys in this order: `dense_h/kernel` [hiddenFeatures, hiddenFeatures], `dense_i/kernel`
 *   [inFeatures, hiddenFeatures], `dense_i/bias` [hiddenFeatures].
 * - As in Flax `dtype` is float32 unless given.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/recurrent.py` (`SimpleCell`).
 * @throws TypeError, RangeError for bad sizes or no `rngs`; ShapeError, when called, if shapes do not fit
 * @example
 * const cell = new nnx.SimpleCell(2, 3, { rngs: new nnx.Rngs(0) });
 * cell(jnp.zeros([3]), [0, 0])[0].tolist() // => [0, 0, 0]
 */
export class SimpleCell extends HiddenBase {
  declare readonly residual: boolean;
  declare readonly dense_h: Linear;
  declare readonly dense_i: Linear;

  constructor(options: SimpleCellOptions & { readonly inFeatures: number; readonly hiddenFeatures: number });
  constructor(inFeatures: number, options: SimpleCellOptions & { readonly hiddenFeatures: number });
  constructor(inFeatures: number, hiddenFeatures: number, options: SimpleCellOptions);
  constructor(...args: readonly unknown[]) {
    const [inFeatures, hiddenFeatures, options] = layerArguments<[number, number, SimpleCellOptions]>(
      args,
      2,
      "nnx.SimpleCell inFeatures hiddenFeatures * residual:b " + CELL,
    );
    super();
    this.setUp(inFeatures, hiddenFeatures, { ...options, dtype: options?.dtype ?? "float32" });
    this.residual = options.residual ?? false;
    this.dense_h = this.hiddenLayer(this.hiddenFeatures, false, options);
    this.dense_i = this.inputLayer(this.hiddenFeatures, true, options);
  }

  /** @internal */
  override fusedLayers(): CellLayers | undefined {
    if (this.__call__ !== SimpleCell.prototype.__call__ || this.activationFn !== tanh) return undefined;
    return { name: "simple", input: [this.dense_i], hidden: [this.dense_h], residual: this.residual };
  }

  override __call__(h: NDArray, inputs: ArrayLike): [NDArray, NDArray] {
    if (arguments.length > 2) refuseSurplus("nnx.SimpleCell", "carry inputs", arguments);
    const [fromInput, fromHidden] = [this.dense_i(inputs), this.dense_h(h)];
    const state = this.residual ? asarray(h) : undefined;
    const next =
      (this.activationFn === tanh && simpleStep(fromInput, fromHidden, state)) ||
      this.next(fromInput, fromHidden, state);
    return [next, next];
  }

  /** The formula that `simpleStep` computes in one, for all activations and dtypes. */
  private next(fromInput: NDArray, fromHidden: NDArray, state: NDArray | undefined): NDArray {
    const sum = fromInput.add(fromHidden);
    return this.activationFn(state === undefined ? sum : sum.add(state));
  }
}
