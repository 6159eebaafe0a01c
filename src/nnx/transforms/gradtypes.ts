import type { ArrayLike, NDArray } from "../../array/index.ts";
import type { BRAND } from "../../base/index.ts";
import type { State } from "../states/state.ts";
import type { Variable, VariableValue } from "../variables/variable.ts";
import type { DiffState } from "./diffstate.ts";

/** Which arguments are differentiated: one, or a list of several. An `nnx.DiffState` chooses Variables too. */
export type Argnums = number | DiffState | readonly (number | DiffState)[];

/** How a function of modules is differentiated. */
export interface GradOptions<N extends Argnums = Argnums> {
  /**
   * The arguments that are differentiated, counted from the end where negative. Default 0, and of a module its Params.
   */
  readonly argnums?: N;
  /** Whether `f` returns `[loss, aux]`: `aux` is handed through. */
  readonly hasAux?: boolean;
  /** Whether integers may be among what is differentiated; they have no gradient: null, or left out of a State. */
  readonly allowInt?: boolean;
}

/**
 * The arguments of a function as a caller may give them: anything array-like in place of an array that is
 * differentiated, which the function gets as an array.
 */
export type Givens<A extends readonly unknown[], N extends Argnums = All> = {
  [K in keyof A]: A[K] extends NDArray ? (K extends `${Item<N>}` ? ArrayLike : A[K]) : A[K];
};

/** Every argument. */
type All = readonly number[];

type Item<N extends Argnums> = (N extends readonly (infer M)[] ? M : N) & number;

/** Something whose attributes are walked. */
type Node = { readonly [BRAND]: "Module" | "Rngs" | "RngStream" };

/** The gradient towards an argument: a State of a module, arrays in the form of the argument else. */
export type Gradient<T> = T extends null | undefined | Variable<VariableValue> | State
  ? T
  : T extends Node
    ? State
    : T extends ArrayLike
      ? NDArray
      : { [K in keyof T]: Gradient<T[K]> };

/** The gradients of a function of arguments `A` towards those that `N` names. */
export type Gradients<A extends readonly unknown[], N extends Argnums> = N extends readonly unknown[]
  ? { -readonly [K in keyof N]: GradientAt<A, N[K]> }
  : GradientAt<A, N>;

// A DiffState does not say in its type which argument it is about; it is the model in nearly every program.
type GradientAt<A extends readonly unknown[], N> = N extends DiffState
  ? State
  : `${N & number}` extends keyof A
    ? Gradient<A[`${N & number}`]>
    : unknown;
