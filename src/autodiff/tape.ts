import type { ArrayData, Input, Interpreter, NDArray } from "../array/index.ts";
import { isFloat, plainOf } from "../array/index.ts";
import type { Rule } from "./rule.ts";
import { ruleOf } from "./rules/index.ts";
import { Traced } from "./traced.ts";

/** One step of a program and how a cotangent of its result goes back to what it took. */
export type Node =
  /** What a session differentiates towards; to the sessions around it, the identity. */
  | { readonly kind: "leaf"; readonly inputs: readonly [ArrayData]; readonly out: Traced }
  | {
      readonly kind: "operation";
      readonly name: string;
      readonly rule: Rule<never, never>;
      readonly parameters: unknown;
      readonly inputs: readonly Input[];
      readonly out: Traced;
    }
  /** A function with a pullback of its own for all its results. */
  | { readonly kind: "call"; readonly inputs: readonly ArrayData[]; readonly pull: CallPullback }
  /** A result of a call. With a `level` it is one to that session alone, to others the identity. */
  | {
      readonly kind: "result";
      readonly call: number;
      readonly index: number;
      readonly level: number | undefined;
      readonly inputs: readonly [ArrayData];
      readonly out: Traced;
    };

/** What stands for arrays while a function runs again. */
export type Substitutes = ReadonlyMap<ArrayData, Traced>;

/** Cotangents of a call's results to cotangents of its inputs. */
export type CallPullback = (
  cts: readonly (NDArray | undefined)[],
  wanted: readonly boolean[],
) => readonly (NDArray | undefined)[];

/**
 * The operations of a differentiated function in the order in which they ran. There is one tape at a time; the sessions
 * on it nest, so that a gradient can be differentiated again.
 */
export class Tape {
  open = true;
  nodes: Node[] = [];
  /** The levels of the open sessions, outermost first. */
  readonly levels: number[] = [];
  /** What stands for a traced array while a checkpointed function runs again. */
  substitutes: Substitutes | undefined;
  readonly #below: Interpreter | undefined;

  /** @param below who computed operations before */
  constructor(below: Interpreter | undefined) {
    this.#below = below;
  }

  /** Computes an operation and records it if an input is traced. */
  readonly interpret: Interpreter = (operation, parameters, inputs) => {
    let level = 0;
    const taken: Input[] = [];
    const plain: Input[] = [];
    for (const given of inputs) {
      const input = this.see(given);
      taken.push(input);
      plain.push(input instanceof Traced ? input.plain : input);
      if (input instanceof Traced && input.level > level) level = input.level;
    }
    const result =
      this.#below === undefined
        ? operation.forward(parameters, ...(plain as unknown as typeof inputs))
        : this.#below(operation, parameters, plain as unknown as typeof inputs);
    if (level === 0 || !isFloat(result.dtype)) return result;
    const rule = ruleOf(operation);
    if (rule === null) return result;
    const out = new Traced(result, this, this.nodes.length, level);
    this.nodes.push({ kind: "operation", name: operation.name, rule, parameters, inputs: taken, out });
    return out;
  };

  /** Adds an input of a session. */
  addLeaf(input: ArrayData, level: number): Traced {
    const data = this.see(input) as ArrayData;
    const out = new Traced(plainOf(data), this, this.nodes.length, level);
    this.nodes.push({ kind: "leaf", inputs: [data], out });
    return out;
  }

  /** Adds a function of `inputs` and its results, whose gradients are what `pull` says. */
  addCall(inputs: readonly ArrayData[], pull: CallPullback, results: readonly CallResult[]): Traced[] {
    const call = this.nodes.push({ kind: "call", inputs, pull }) - 1;
    return results.map(({ value, level, only }, index) => {
      const out = new Traced(plainOf(value), this, this.nodes.length, level);
      this.nodes.push({ kind: "result", call, index, level: only, inputs: [value], out });
      return out;
    });
  }

  /** Drops the nodes from `start` on. Arrays that were computed by them have lost their gradients. */
  cut(start: number): void {
    for (const node of this.nodes.splice(start)) if (node.kind !== "call") node.out.level = 0;
  }

  /** The innermost open session on which something of `level` depends. */
  sessionOf(level: number): number {
    return this.levels.findLast((open) => open <= level) ?? 0;
  }

  /** `input` as this tape sees it: arrays of a closed tape are constants. */
  see(input: Input): Input {
    if (!(input instanceof Traced)) return input;
    const live = this.substitutes?.get(input) ?? input;
    if (!live.tape.open) return live.plain;
    if (live.level === 0) throw droppedError();
    return live;
  }
}

/** A result of a call. */
export interface CallResult {
  readonly value: ArrayData;
  readonly level: number;
  /** The one session for which it is a result; to others it is `value`. */
  readonly only?: number;
}

function droppedError(): TypeError {
  return new TypeError(
    "this array was computed inside a checkpointed function and left it other than through its result, " +
      "so that its gradient is lost. Return it from the function, or store it in a Variable of a module that is " +
      "an argument",
  );
}
