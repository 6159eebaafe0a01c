import type { ArrayLike, NDArray } from "../array/index.ts";

/**
 * The arguments of a function as a caller may give them: anything array-like in place of an array that is
 * differentiated, which the function gets as an array.
 */
export type Givens<A extends readonly unknown[], N extends Argnums = All> = {
  [K in keyof A]: A[K] extends NDArray ? (K extends `${Item<N>}` ? ArrayLike : A[K]) : A[K];
};

/** Every argument. */
type All = readonly number[];

type Item<N extends Argnums> = N extends readonly (infer M extends number)[] ? M : N & number;

/** The gradient towards an argument: arrays in the form of the argument. */
export type Gradient<T> = T extends null | undefined
  ? T
  : T extends ArrayLike
    ? NDArray
    : { [K in keyof T]: Gradient<T[K]> };

/** Which arguments are differentiated: one, or a list of several. */
export type Argnums = number | readonly number[];

/** The gradients of a function of arguments `A` towards those at `N`. */
export type Gradients<A extends readonly unknown[], N extends Argnums> = N extends readonly unknown[]
  ? { -readonly [K in keyof N]: GradientAt<A, N[K]> }
  : GradientAt<A, N>;

type GradientAt<A extends readonly unknown[], N> = N extends keyof A
  ? Gradient<A[N]>
  : `${N & number}` extends keyof A
    ? Gradient<A[`${N & number}`]>
    : unknown;

/** How a function is differentiated. */
export interface GradOptions<N extends Argnums = Argnums> {
  /** The places of the arguments that are differentiated, counted from the end where negative. Default 0. */
  readonly argnums?: N;
  /** Whether `f` returns `[loss, aux]`: `aux` is handed through. */
  readonly hasAux?: boolean;
  /** Whether integers may be among the arguments that are differentiated; their gradient is null. */
  readonly allowInt?: boolean;
}
