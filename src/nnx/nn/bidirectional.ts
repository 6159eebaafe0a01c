import { layerArguments } from "./layerarguments.ts";
import type { ArrayLike, NDArray } from "../../array/index.ts";
import { describe, hasBrand, ordered } from "../../base/index.ts";
import { Module } from "../modules/module.ts";
import type { Rngs } from "../streams/rngs.ts";
import type { RngStream } from "../streams/rngstream.ts";
import { joinLast } from "./cell.ts";
import type { AnyRNN, RNNCallOptions, RNNResult } from "./rnn.ts";
import { carryStream } from "./rnn.ts";

const CALL =
  "nnx.Bidirectional inputs | * initialCarry:x rngs:x seqLengths:x returnCarry:b timeMajor:b reverse:0 keepOrder:0";

/** What `Bidirectional` takes besides the two RNNs. */
export interface BidirectionalOptions<Returns extends boolean = boolean> {
  /** Of the outputs forward and backward. Default: side by side along the last axis. */
  readonly mergeFn?: (forward: NDArray, backward: NDArray) => NDArray;
  readonly timeMajor?: boolean;
  readonly returnCarry?: Returns | undefined;
  /**
   * true: a stream of its own, seeded 0; an Rngs: a fork of its stream `carry`; a stream: itself; false: none. Default
   * true.
   */
  readonly rngs?: Rngs | RngStream | boolean;
}

/** What a Bidirectional's call takes besides the inputs. */
export interface BidirectionalCallOptions<F extends AnyRNN = AnyRNN, B extends AnyRNN = AnyRNN> extends Pick<
  RNNCallOptions,
  "seqLengths" | "returnCarry" | "timeMajor" | "rngs"
> {
  /** For the RNN forward and the RNN backward. */
  readonly initialCarry?: Readonly<Carries<F, B>> | undefined;
}

/** The last carries of both. */
type Carries<F extends AnyRNN, B extends AnyRNN> = [
  forward: ReturnType<F["run"]>[0],
  backward: ReturnType<B["run"]>[0],
];

/** The call's own option decides the type of the result. */
// oxlint-disable-next-line no-unused-vars -- the parameters must be the class's
export interface Bidirectional<F extends AnyRNN = AnyRNN, B extends AnyRNN = AnyRNN, Returns extends boolean = false> {
  (
    inputs: ArrayLike,
    options: BidirectionalCallOptions<F, B> & { readonly returnCarry: true },
  ): [carries: Carries<F, B>, outputs: NDArray];
  (inputs: ArrayLike, options: BidirectionalCallOptions<F, B> & { readonly returnCarry: false }): NDArray;
}

/**
 * Two RNNs over a sequence, one of them from its end. Their outputs are merged step by step.
 *
 * Inputs are those of `RNN`; outputs have the features of both. With `returnCarry` the call gives [[forward carry,
 * backward carry], outputs]. Both RNNs take the keys of their first carries from this layer's stream, or the call's.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/recurrent.py` (`Bidirectional`).
 * @throws ShapeError, when called, if shapes do not fit
 * @example
 * const rngs = new nnx.Rngs(0);
 * const rnn = (): nnx.RNN => new nnx.RNN(new nnx.GRUCell(2, 3, { rngs }));
 * new nnx.Bidirectional(rnn(), rnn())(jnp.ones([4, 5, 2])).shape // => [4, 5, 6]
 */
export class Bidirectional<
  F extends AnyRNN = AnyRNN,
  B extends AnyRNN = AnyRNN,
  Returns extends boolean = false,
> extends Module<[inputs: ArrayLike, options?: BidirectionalCallOptions<F, B>], RNNResult<Carries<F, B>, Returns>> {
  declare readonly forward_rnn: F;
  declare readonly backward_rnn: B;
  declare readonly mergeFn: (forward: NDArray, backward: NDArray) => NDArray;
  declare readonly timeMajor: boolean;
  declare readonly returnCarry: boolean;
  declare readonly rngs: RngStream | undefined;

  constructor(options: BidirectionalOptions<Returns> & { readonly forwardRnn: F; readonly backwardRnn: B });
  constructor(forwardRnn: F, options: BidirectionalOptions<Returns> & { readonly backwardRnn: B });
  constructor(forwardRnn: F, backwardRnn: B, options?: BidirectionalOptions<Returns>);
  constructor(...args: readonly unknown[]) {
    const [forwardRnn, backwardRnn, options = {}] = layerArguments<[F, B, BidirectionalOptions<Returns>?]>(
      args,
      2,
      "nnx.Bidirectional forwardRnn backwardRnn * mergeFn:f timeMajor:b returnCarry:b rngs",
    );
    const { mergeFn = joinLast, timeMajor = false, returnCarry, rngs = true } = options;
    super();
    for (const [name, rnn] of [
      ["forwardRnn", forwardRnn],
      ["backwardRnn", backwardRnn],
    ] as const)
      if (typeof (rnn as F | B | undefined)?.run !== "function")
        throw new TypeError(`nnx.Bidirectional: "${name}" expected an nnx.RNN, got ${describe(rnn)}`);
    this.forward_rnn = forwardRnn;
    this.backward_rnn = backwardRnn;
    this.mergeFn = mergeFn;
    this.timeMajor = timeMajor;
    this.returnCarry = returnCarry ?? false;
    this.rngs = hasBrand(rngs, "RngStream") ? (rngs as RngStream) : carryStream(rngs, "Bidirectional");
  }

  /** A Sequential passes `{ rngs }` on to it. */
  get acceptsRngs(): boolean {
    return true;
  }

  override __call__(
    inputs: ArrayLike,
    options: BidirectionalCallOptions<F, B> = {},
  ): RNNResult<Carries<F, B>, Returns> {
    const args = ordered<(x: ArrayLike, options?: BidirectionalCallOptions<F, B>) => unknown>(arguments, 1, CALL);
    if (args !== undefined) [inputs, options = {}] = args;
    const {
      timeMajor = this.timeMajor,
      returnCarry = this.returnCarry,
      seqLengths,
      initialCarry,
      rngs = this.rngs,
    } = options;
    const stream = hasBrand(rngs, "Rngs") ? (rngs as Rngs).stream("carry") : (rngs as RngStream | undefined);
    const [forward, ahead] = this.forward_rnn.run(inputs, {
      timeMajor,
      seqLengths,
      initialCarry: initialCarry?.[0] as undefined,
      rngs: stream,
      reverse: false,
    });
    const [backward, behind] = this.backward_rnn.run(inputs, {
      timeMajor,
      seqLengths,
      initialCarry: initialCarry?.[1] as undefined,
      rngs: stream,
      reverse: true,
      keepOrder: true,
    });
    const outputs = this.mergeFn(ahead, behind);
    return (returnCarry ? [[forward, backward], outputs] : outputs) as RNNResult<Carries<F, B>, Returns>;
  }
}
