import type { ArrayLike, NDArray, Shape } from "../../array/index.ts";
import {
  arange,
  asarray,
  cellSequence,
  flip,
  formatShape,
  remainder,
  sizeOf,
  stack,
  takeAlongAxis,
  where,
  zeros,
} from "../../array/index.ts";
import { describe, hasBrand, int, ordered, ShapeError } from "../../base/index.ts";
import { Module } from "../modules/module.ts";
import type { Rngs } from "../streams/rngs.ts";
import { RngStream } from "../streams/rngstream.ts";
import type { Carry, RNNCellBase } from "./cell.ts";
import { fusedCell } from "./fastsequence.ts";
import { layerArguments } from "./layerarguments.ts";

/** What an RNN's call takes besides the inputs; what is left out is as the constructor had it. */
export interface RNNCallOptions<C extends Carry = Carry> {
  /** Default what the cell initialises. */
  readonly initialCarry?: C | undefined;
  /**
   * How many steps of each sequence count, [batch]: which carry is returned, and what `reverse` reverses. Outputs past
   * them are not masked.
   */
  readonly seqLengths?: ArrayLike | undefined;
  /** Gives [carry, outputs] instead of the outputs. */
  readonly returnCarry?: boolean | undefined;
  /** The axis of time is the first, instead of the last before the features. */
  readonly timeMajor?: boolean | undefined;
  /** Runs from the last step to the first. */
  readonly reverse?: boolean | undefined;
  /** With `reverse`, gives outputs in the order of the inputs. */
  readonly keepOrder?: boolean | undefined;
  /** Where the first carry's keys come from. */
  readonly rngs?: Rngs | RngStream | undefined;
}

/** What `RNN` takes besides the cell. */
export interface RNNOptions<Returns extends boolean = boolean> extends Pick<
  RNNCallOptions,
  "timeMajor" | "reverse" | "keepOrder"
> {
  /** Gives [carry, outputs] instead of the outputs. Default false. */
  readonly returnCarry?: Returns | undefined;
  /** How many steps XLA would compile at once: changes nothing, here as there. */
  readonly unroll?: number | undefined;
  /** true: a stream of its own, seeded 0; an Rngs: a fork of its stream `carry`; false: none. Default true. */
  readonly rngs?: Rngs | boolean;
}

/** What a call gives: the outputs, or with `returnCarry` the last carry and the outputs. */
export type RNNResult<C, Returns extends boolean> = Returns extends true ? [carry: C, outputs: NDArray] : NDArray;

/** What an RNN of any cell has. */
export interface AnyRNN {
  run(inputs: ArrayLike, options?: RNNCallOptions<never>): [Carry, NDArray];
}

/** The call's own option decides the type of the result. */
// oxlint-disable-next-line no-unused-vars -- the parameters must be the class's
export interface RNN<C extends Carry = Carry, Returns extends boolean = false> {
  (inputs: ArrayLike, options: RNNCallOptions<C> & { readonly returnCarry: true }): [carry: C, outputs: NDArray];
  (inputs: ArrayLike, options: RNNCallOptions<C> & { readonly returnCarry: false }): NDArray;
}

/**
 * Runs a cell over a sequence.
 *
 * Inputs [...batch, time, features], or [time, ...batch, features] with `timeMajor`. Outputs have the same axes, with
 * the cell's features. State: `cell/...` and, with `rngs`, `rngs/key` and `rngs/count`.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/recurrent.py` (`RNN`).
 * @throws TypeError for bad `rngs`; ShapeError, when called, if shapes do not fit
 * @example
 * const rnn = new nnx.RNN(new nnx.GRUCell(2, 3, { rngs: new nnx.Rngs(0) }));
 * rnn(jnp.ones([4, 5, 2])).shape // => [4, 5, 3]
 */
export class RNN<C extends Carry = Carry, Returns extends boolean = false> extends Module<
  [inputs: ArrayLike, options?: RNNCallOptions<C>],
  RNNResult<C, Returns>
> {
  declare readonly cell: RNNCellBase<C>;
  declare readonly timeMajor: boolean;
  declare readonly returnCarry: boolean;
  declare readonly reverse: boolean;
  declare readonly keepOrder: boolean;
  declare readonly rngs: RngStream | undefined;

  constructor(options: RNNOptions<Returns> & { readonly cell: RNNCellBase<C> });
  constructor(cell: RNNCellBase<C>, options?: RNNOptions<Returns>);
  constructor(...args: readonly unknown[]) {
    const [cell, options = {}] = layerArguments<[RNNCellBase<C>, RNNOptions<Returns>?]>(
      args,
      1,
      "nnx.RNN cell * timeMajor:b returnCarry:b reverse:b keepOrder:b unroll rngs",
    );
    super();
    if (typeof (cell as RNNCellBase<C> | undefined)?.initializeCarry !== "function")
      throw new TypeError(`nnx.RNN: "cell" expected a cell such as an nnx.LSTMCell, got ${describe(cell)}`);
    const {
      timeMajor = false,
      returnCarry = false,
      reverse = false,
      keepOrder = false,
      unroll = 1,
      rngs = true,
    } = options;
    if (!(int(unroll, 'nnx.RNN: "unroll"') >= 1))
      throw new RangeError(`nnx.RNN: "unroll" expected at least 1, got ${describe(unroll)}`);
    this.cell = cell;
    this.timeMajor = timeMajor;
    this.returnCarry = returnCarry;
    this.reverse = reverse;
    this.keepOrder = keepOrder;
    this.rngs = carryStream(rngs, "RNN");
  }

  /** A Sequential passes `{ rngs }` on to it. */
  get acceptsRngs(): boolean {
    return true;
  }

  /** The outputs; with `returnCarry` a pair, see `run`. */
  override __call__(inputs: ArrayLike, options: RNNCallOptions<C> = {}): RNNResult<C, Returns> {
    const args = ordered<(x: ArrayLike, options?: RNNCallOptions<C>) => unknown>(arguments, 1, RNN_CALL);
    if (args !== undefined) [inputs, options = {}] = args;
    const [carry, outputs] = this.run(inputs, options);
    return ((options.returnCarry ?? this.returnCarry) ? [carry, outputs] : outputs) as RNNResult<C, Returns>;
  }

  /** The last carry and the outputs, whatever `returnCarry` says. */
  run(inputs: ArrayLike, options: RNNCallOptions<C> = {}): [C, NDArray] {
    const {
      timeMajor = this.timeMajor,
      reverse = this.reverse,
      keepOrder = this.keepOrder,
      initialCarry,
      rngs = this.rngs,
    } = options;
    const x = asarray(inputs);
    const features = this.cell.numFeatureAxes;
    if (x.ndim < features + 1) throw rankError(features, x.shape);
    const timeAxis = timeMajor ? 0 : x.ndim - features - 1;
    const stepShape = x.shape.filter((_, axis) => axis !== timeAxis);
    const batch = stepShape.slice(0, x.ndim - features - 1);
    const lengths = options.seqLengths === undefined ? undefined : toLengths(options.seqLengths, batch);

    const forked = rngs !== undefined && hasBrand(rngs, "Rngs") ? (rngs as Rngs).stream("carry").fork() : rngs;
    const source = reverse ? flipped(x, lengths, timeAxis) : x;
    const first = initialCarry ?? this.cell.initializeCarry(stepShape, forked);
    const [carry, outputs] = allSteps(this.cell, source, timeAxis, first, lengths);
    return [carry, reverse && keepOrder ? flipped(outputs, lengths, timeAxis) : outputs];
  }
}

/** The last carry of each sequence and all outputs. */
function allSteps<C extends Carry>(
  cell: RNNCellBase<C>,
  x: NDArray,
  timeAxis: number,
  first: C,
  lengths: NDArray | undefined,
): [carry: C, outputs: NDArray] {
  const layers = lengths === undefined ? cell.fusedLayers?.() : undefined;
  const fused = layers && fusedCell(layers);
  const atOnce = fused && cellSequence(fused, x, timeAxis, first);
  if (atOnce !== undefined) return [atOnce.carry as C, atOnce.outputs];
  const steps = x.shape[timeAxis]!;
  const before = x.shape.slice(0, timeAxis).map(() => ":" as const);
  const [carries, outputs]: [C[], NDArray[]] = [[], []];
  let carry = first;
  for (let t = 0; t < steps; t++) {
    const [next, y] = cell(carry, x.slice(...before, t));
    carry = next;
    outputs.push(y);
    if (lengths !== undefined) carries.push(carry);
  }
  if (steps === 0) return [carry, noOutputs(carry, timeAxis)];
  return [lengths === undefined ? carry : lastCarry(carries, lengths), stack(outputs, timeAxis)];
}

const RNN_CALL =
  "nnx.RNN inputs | * initialCarry:x seqLengths:x returnCarry:b timeMajor:b reverse:b keepOrder:b rngs:x";

function rankError(features: number, shape: Shape): ShapeError {
  return new ShapeError(
    `nnx.RNN: "inputs" expected at least ${features + 1} axes, time and features, got shape ${formatShape(shape)}`,
  );
}

/** The stream of an RNN's `rngs` option. */
export function carryStream(rngs: unknown, layer: string): RngStream | undefined {
  if (rngs === true) return new RngStream(0, { tag: "carry" });
  if (rngs === false) return undefined;
  if (hasBrand(rngs, "Rngs")) return (rngs as Rngs).stream("carry").fork();
  throw new TypeError(`nnx.${layer}: "rngs" expected an Rngs or a boolean, got ${describe(rngs)}`);
}

/** The outputs of no steps: the output that the first carry holds, with a time axis of size 0. */
function noOutputs(carry: Carry, timeAxis: number): NDArray {
  const { shape, dtype } = hasBrand(carry, "NDArray") ? (carry as NDArray) : (carry as readonly NDArray[])[1]!;
  return zeros(shape.toSpliced(timeAxis, 0, 0), dtype);
}

/** The lengths of the sequences, [batch] int32. */
function toLengths(seqLengths: ArrayLike, batch: Shape): NDArray {
  const lengths = asarray(seqLengths);
  if (lengths.size !== sizeOf(batch) || batch.length !== 1)
    throw new ShapeError(
      `nnx.RNN: "seqLengths" expected shape ${formatShape(batch)} of one batch axis, ` +
        `got ${formatShape(lengths.shape)}`,
    );
  return lengths.reshape(batch).astype("int32");
}

/** Of each sequence the carry after its last step. As an index in Python, a length of 0 means the last of all steps. */
function lastCarry<C extends Carry>(carries: readonly C[], lengths: NDArray): C {
  if (!hasBrand(carries[0], "NDArray"))
    return (carries[0] as readonly NDArray[]).map((_, i) =>
      lastCarry(
        (carries as readonly (readonly NDArray[])[]).map((parts) => parts[i]!),
        lengths,
      ),
    ) as unknown as C;
  const all = stack(carries as readonly NDArray[]);
  const steps = carries.length;
  const index = where(lengths.lt(1), lengths.add(steps - 1), lengths.sub(1)).clip(0, steps - 1);
  const along = index.reshape([1, ...index.shape, ...all.shape.slice(2).map(() => 1)]);
  return takeAlongAxis(all, along, 0).reshape(all.shape.slice(1)) as unknown as C;
}

/** Each sequence reversed: with lengths, its first `length` steps, and then the rest of it in the same way. */
function flipped(x: NDArray, lengths: NDArray | undefined, timeAxis: number): NDArray {
  if (lengths === undefined) return flip(x, timeAxis);
  const steps = x.shape[timeAxis]!;
  if (steps === 0) return x;
  const sizes = x.shape.map(() => 1);
  const times = arange(steps).reshape(sizes.with(timeAxis, steps));
  const ends = lengths.add(steps - 1).reshape(sizes.with(1 - timeAxis, lengths.size));
  return takeAlongAxis(x, remainder(ends.sub(times), steps), timeAxis);
}
