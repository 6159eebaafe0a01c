import { refuseSurplus } from "../../base/index.ts";
import type { ArrayLike, Gates, NDArray } from "../../array/index.ts";
import { lstmStep } from "../../array/index.ts";
import type { CarryArguments, Activation, GatedCellOptions } from "./cell.ts";
import { carryArguments, gateOf, hasDefaultGates, RNNCellBase, splitLast } from "./cell.ts";
import { CELL, layerArguments } from "./layerarguments.ts";
import type { CellLayers } from "./fastsequence.ts";
import type { Linear } from "./linear.ts";

type LSTMCarry = readonly [c: NDArray, h: NDArray];

type FourGates = [i: NDArray, f: NDArray, g: NDArray, o: NDArray];

/** What both LSTM cells share. */
abstract class LSTMBase extends RNNCellBase<LSTMCarry> {
  declare gateFn: Activation;

  override initializeCarry(...given: CarryArguments): LSTMCarry {
    const [inputShape, rngs, carryInit] = carryArguments(this, given);
    return [this.newCarry(inputShape, rngs, carryInit), this.newCarry(inputShape, rngs, carryInit)];
  }

  /** The step from the gates i, f, g, o of the input and of the hidden state. `sums` adds the two. */
  protected step(
    c: NDArray,
    fromInput: Gates,
    fromHidden: Gates,
    sums: () => readonly NDArray[],
  ): [LSTMCarry, NDArray] {
    const next = hasDefaultGates(this) ? lstmStep(fromInput, fromHidden, c) : undefined;
    return next === undefined ? this.next(c, ...(sums() as FourGates)) : [next, next[1]];
  }

  /** The formula that `lstmStep` computes in one, for all activations and dtypes. */
  private next(c: NDArray, i: NDArray, f: NDArray, g: NDArray, o: NDArray): [LSTMCarry, NDArray] {
    const newC = this.gateFn(f)
      .mul(c)
      .add(this.gateFn(i).mul(this.activationFn(g)));
    const newH = this.gateFn(o).mul(this.activationFn(newC));
    return [[newC, newH], newH];
  }
}

/**
 * An LSTM cell with a layer for each gate: `lstm([c, h], x)` gives [[c', h'], h'].
 *
 * - `x` [..., inFeatures], `c` and `h` [..., hiddenFeatures].
 * - Params, of twelve keys in this order: `ii`, `if_`, `ig`, `io` kernels [inFeatures, hiddenFeatures] without bias;
 *   `hi`, `hf`, `hg`, `ho` kernels [hiddenFeatures, hiddenFeatures] and biases [hiddenFeatures].
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/recurrent.py` (`LSTMCell`).
 * @throws TypeError, RangeError for bad sizes or no `rngs`; ShapeError, when called, if shapes do not fit
 * @example
 * const cell = new nnx.LSTMCell(2, 3, { rngs: new nnx.Rngs(0) });
 * const [[c, h], y] = cell(cell.initializeCarry([1, 2], new nnx.Rngs(0)), jnp.ones([1, 2]));
 * y.shape // => [1, 3]
 */
export class LSTMCell extends LSTMBase {
  declare readonly ii: Linear;
  declare readonly if_: Linear;
  declare readonly ig: Linear;
  declare readonly io: Linear;
  declare readonly hi: Linear;
  declare readonly hf: Linear;
  declare readonly hg: Linear;
  declare readonly ho: Linear;

  constructor(options: GatedCellOptions & { readonly inFeatures: number; readonly hiddenFeatures: number });
  constructor(inFeatures: number, options: GatedCellOptions & { readonly hiddenFeatures: number });
  constructor(inFeatures: number, hiddenFeatures: number, options: GatedCellOptions);
  constructor(...args: readonly unknown[]) {
    const [inFeatures, hiddenFeatures, options] = layerArguments<[number, number, GatedCellOptions]>(
      args,
      2,
      "nnx.LSTMCell inFeatures hiddenFeatures * gateFn:f " + CELL,
    );
    super();
    this.setUp(inFeatures, hiddenFeatures, options);
    this.gateFn = gateOf(options);
    const n = this.hiddenFeatures;
    this.ii = this.inputLayer(n, false, options);
    this.if_ = this.inputLayer(n, false, options);
    this.ig = this.inputLayer(n, false, options);
    this.io = this.inputLayer(n, false, options);
    this.hi = this.hiddenLayer(n, true, options);
    this.hf = this.hiddenLayer(n, true, options);
    this.hg = this.hiddenLayer(n, true, options);
    this.ho = this.hiddenLayer(n, true, options);
  }

  /** @internal */
  override fusedLayers(): CellLayers | undefined {
    if (this.__call__ !== LSTMCell.prototype.__call__ || !hasDefaultGates(this)) return undefined;
    return {
      name: "lstm",
      input: [this.ii, this.if_, this.ig, this.io],
      hidden: [this.hi, this.hf, this.hg, this.ho],
    };
  }

  override __call__([c, h]: LSTMCarry, inputs: ArrayLike): [LSTMCarry, NDArray] {
    if (arguments.length > 2) refuseSurplus("nnx.LSTMCell", "carry inputs", arguments);
    const fromInput = [this.ii, this.if_, this.ig, this.io].map((gate) => gate(inputs));
    const fromHidden = [this.hi, this.hf, this.hg, this.ho].map((gate) => gate(h));
    return this.step(c, fromInput, fromHidden, () => fromInput.map((gate, i) => gate.add(fromHidden[i]!)));
  }
}

/**
 * An LSTM cell with one layer for all gates, in the order i, f, g, o. It computes what `LSTMCell` does, with other
 * Params and from one seed with other weights.
 *
 * Params, of three keys in this order: `dense_i/kernel` [inFeatures, 4 * hiddenFeatures], `dense_h/kernel`
 * [hiddenFeatures, 4 * hiddenFeatures], `dense_h/bias` [4 * hiddenFeatures].
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/recurrent.py` (`OptimizedLSTMCell`).
 * @throws TypeError, RangeError for bad sizes or no `rngs`; ShapeError, when called, if shapes do not fit
 * @example
 * const cell = new nnx.OptimizedLSTMCell(2, 3, { rngs: new nnx.Rngs(0) });
 * cell.dense_i.kernel.shape // => [2, 12]
 */
export class OptimizedLSTMCell extends LSTMBase {
  declare readonly dense_i: Linear;
  declare readonly dense_h: Linear;

  constructor(options: GatedCellOptions & { readonly inFeatures: number; readonly hiddenFeatures: number });
  constructor(inFeatures: number, options: GatedCellOptions & { readonly hiddenFeatures: number });
  constructor(inFeatures: number, hiddenFeatures: number, options: GatedCellOptions);
  constructor(...args: readonly unknown[]) {
    const [inFeatures, hiddenFeatures, options] = layerArguments<[number, number, GatedCellOptions]>(
      args,
      2,
      "nnx.OptimizedLSTMCell inFeatures hiddenFeatures * gateFn:f " + CELL,
    );
    super();
    this.setUp(inFeatures, hiddenFeatures, options);
    this.gateFn = gateOf(options);
    this.dense_i = this.inputLayer(4 * this.hiddenFeatures, false, options);
    this.dense_h = this.hiddenLayer(4 * this.hiddenFeatures, true, options);
  }

  /** @internal */
  override fusedLayers(): CellLayers | undefined {
    if (this.__call__ !== OptimizedLSTMCell.prototype.__call__ || !hasDefaultGates(this)) return undefined;
    return { name: "lstm", input: [this.dense_i], hidden: [this.dense_h] };
  }

  override __call__([c, h]: LSTMCarry, inputs: ArrayLike): [LSTMCarry, NDArray] {
    if (arguments.length > 2) refuseSurplus("nnx.OptimizedLSTMCell", "carry inputs", arguments);
    const [fromInput, fromHidden] = [this.dense_i(inputs), this.dense_h(h)];
    return this.step(c, fromInput, fromHidden, () => splitLast(fromInput.add(fromHidden), 4));
  }
}
