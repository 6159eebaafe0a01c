import type { ArrayLike, NDArray, TypedArray } from "../../array/index.ts";
import { asarray, formatShape, NDArray as ArrayClass, sizeOf, toData, zerosData } from "../../array/index.ts";
import { describe, hasBrand, int, ShapeError } from "../../base/index.ts";
import { Module } from "../module.ts";
import type { Rngs } from "../rngs.ts";
import { RngStream } from "../rngstream.ts";
import type { Carry, RNNCellBase } from "./cell.ts";
import { refuseUnsupported } from "./unsupported.ts";

/** What an RNN's call takes beside the inputs; what is left out is as the constructor had it. */
export interface RNNCallOptions<C extends Carry = Carry> {
  /** Default what the cell initialises. */
  readonly initialCarry?: C | undefined;
  /** How many steps of each sequence count, [batch]: which carry is given back, and how a reversal turns. Outputs past them are not masked. */
  readonly seqLengths?: ArrayLike | undefined;
  /** Gives [carry, outputs] instead of the outputs. */
  readonly returnCarry?: boolean | undefined;
  /** The axis of time is the first, instead of the last before the features. */
  readonly timeMajor?: boolean | undefined;
  /** Runs from the last step to the first. */
  readonly reverse?: boolean | undefined;
  /** After a reversal, gives outputs in the order of the inputs. */
  readonly keepOrder?: boolean | undefined;
  /** Where the first carry's keys come from. */
  readonly rngs?: Rngs | RngStream | undefined;
}

/** What `RNN` takes beside the cell. */
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

/** A call may say what it wants. */
// oxlint-disable-next-line no-unused-vars -- the parameters must be the class's
export interface RNN<C extends Carry = Carry, Returns extends boolean = false> {
  (inputs: ArrayLike, options: RNNCallOptions<C> & { readonly returnCarry: true }): [carry: C, outputs: NDArray];
  (inputs: ArrayLike, options: RNNCallOptions<C> & { readonly returnCarry: false }): NDArray;
}

/** Where the elements of step t of sequence b lie. */
interface Layout {
  readonly steps: number;
  readonly batch: number;
  readonly batchShape: readonly number[];
  readonly timeMajor: boolean;
}

/**
 * Runs a cell over a sequence.
 *
 * Inputs [...batch, time, features], or [time, ...batch, features] with `timeMajor`; outputs the same with the cell's features. State:
 * `cell/...` and, with `rngs`, `rngs/key` and `rngs/count`.
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

  constructor(cell: RNNCellBase<C>, options: RNNOptions<Returns> = {}) {
    super();
    refuseUnsupported("RNN", options);
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
    if (x.ndim < features + 1)
      throw new ShapeError(
        `nnx.RNN: "inputs" expected at least ${features + 1} axes, time and features, got shape ${formatShape(x.shape)}`,
      );
    const timeAxis = timeMajor ? 0 : x.ndim - features - 1;
    const batchShape = timeMajor ? x.shape.slice(1, x.ndim - features) : x.shape.slice(0, timeAxis);
    const layout: Layout = { steps: x.shape[timeAxis]!, batch: sizeOf(batchShape), batchShape, timeMajor };
    const lengths = options.seqLengths === undefined ? undefined : toLengths(options.seqLengths, layout);

    const stepShape = x.shape.filter((_, axis) => axis !== timeAxis);
    const source = reverse ? flipped(x, lengths, layout) : x;
    const forked = rngs !== undefined && hasBrand(rngs, "Rngs") ? (rngs as Rngs).stream("carry").fork() : rngs;
    let carry = initialCarry ?? this.cell.initializeCarry(stepShape, forked);
    let picked = carry;
    let outputs: NDArray | undefined;
    for (let t = 0; t < layout.steps; t++) {
      const [next, y] = this.cell(carry, stepOf(source, t, stepShape, layout));
      carry = next;
      outputs ??= emptyOutputs(y, layout);
      putStep(outputs, y, t, layout);
      picked = lengths === undefined ? carry : pick(picked, carry, t, lengths, layout);
    }
    outputs ??= emptyOutputs(carryOutput(carry), layout);
    return [picked, reverse && keepOrder ? flipped(outputs, lengths, layout) : outputs];
  }
}

/** The stream of an RNN's `rngs` option. */
export function carryStream(rngs: unknown, layer: string): RngStream | undefined {
  if (rngs === true) return new RngStream(0, { tag: "carry" });
  if (rngs === false) return undefined;
  if (hasBrand(rngs, "Rngs")) return (rngs as Rngs).stream("carry").fork();
  throw new TypeError(`nnx.${layer}: "rngs" expected an Rngs or a boolean, got ${describe(rngs)}`);
}

function offset(b: number, t: number, { steps, batch, timeMajor }: Layout): number {
  return timeMajor ? t * batch + b : b * steps + t;
}

function copy(from: TypedArray, at: number, n: number, to: TypedArray, start: number): void {
  if (from.length === 0 || to.length === 0) return;
  for (let i = 0; i < n; i++) to[start + i] = from[at + i]!;
}

/** Step `t` of the inputs, [...batch, features]. */
function stepOf(x: NDArray, t: number, shape: readonly number[], layout: Layout): NDArray {
  const out = zerosData(shape, x.dtype);
  const n = sizeOf(shape) / layout.batch || 0;
  const from = toData(x, "nnx.RNN").storage.data;
  for (let b = 0; b < layout.batch; b++) copy(from, offset(b, t, layout) * n, n, out.storage.data, b * n);
  return new ArrayClass(out);
}

function emptyOutputs(y: NDArray, { steps, batchShape, timeMajor }: Layout): NDArray {
  const rest = y.shape.slice(batchShape.length);
  return new ArrayClass(
    zerosData(timeMajor ? [steps, ...batchShape, ...rest] : [...batchShape, steps, ...rest], y.dtype),
  );
}

function carryOutput(carry: Carry): NDArray {
  return hasBrand(carry, "NDArray") ? (carry as NDArray) : (carry as readonly NDArray[])[1]!;
}

function putStep(outputs: NDArray, y: NDArray, t: number, layout: Layout): void {
  const from = toData(y, "nnx.RNN").storage.data;
  const to = toData(outputs, "nnx.RNN").storage.data;
  const n = from.length / layout.batch || 0;
  for (let b = 0; b < layout.batch; b++) copy(from, b * n, n, to, offset(b, t, layout) * n);
}

/** `picked` with the rows of `carry` for the sequences whose last step is `t`. */
function pick<C extends Carry>(picked: C, carry: C, t: number, lengths: readonly number[], layout: Layout): C {
  if (!hasBrand(carry, "NDArray"))
    return (carry as readonly NDArray[]).map((part, i) =>
      pick((picked as readonly NDArray[])[i]!, part, t, lengths, layout),
    ) as unknown as C;
  const from = toData(carry, "nnx.RNN");
  const old = toData(picked, "nnx.RNN").storage.data;
  const out = zerosData(from.shape, from.dtype);
  const n = from.storage.data.length / layout.batch || 0;
  for (let b = 0; b < layout.batch; b++)
    copy(lastStep(lengths[b]!, layout.steps) === t ? from.storage.data : old, b * n, n, out.storage.data, b * n);
  return new ArrayClass(out) as unknown as C;
}

/** As an index in Python and then as JAX clamps it: a length of 0 means the last step. */
function lastStep(length: number, steps: number): number {
  const index = length - 1 < 0 ? length - 1 + steps : length - 1;
  return Math.min(Math.max(index, 0), steps - 1);
}

function toLengths(seqLengths: ArrayLike, layout: Layout): number[] {
  const lengths = asarray(seqLengths);
  if (lengths.size !== layout.batch || layout.batchShape.length !== 1)
    throw new ShapeError(
      `nnx.RNN: "seqLengths" expected shape ${formatShape(layout.batchShape)} of one batch axis, got ${formatShape(lengths.shape)}`,
    );
  return Array.from(toData(lengths, "nnx.RNN").storage.data, Math.trunc);
}

/** Each sequence turned round: with lengths, its first `length` steps, and then the rest turned likewise. */
function flipped(x: NDArray, lengths: readonly number[] | undefined, layout: Layout): NDArray {
  const { steps, batch } = layout;
  const out = zerosData(x.shape, x.dtype);
  const from = toData(x, "nnx.RNN").storage.data;
  const n = sizeOf(x.shape) / (steps * batch) || 0;
  for (let b = 0; b < batch; b++) {
    for (let t = 0; t < steps; t++) {
      const source = lengths === undefined ? steps - 1 - t : (((steps - 1 - t + lengths[b]!) % steps) + steps) % steps;
      copy(from, offset(b, source, layout) * n, n, out.storage.data, offset(b, t, layout) * n);
    }
  }
  return new ArrayClass(out);
}
