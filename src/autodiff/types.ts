import type { AnyTypedArray, ArrayLike, NDArray } from "../array/index.ts";

/** An argument as a caller may give it: anything array-like where the function takes an array. */
export type Given<T> = T extends NDArray ? ArrayLike : T;

/** The arguments of a function as a caller may give them. */
export type Givens<A extends readonly unknown[]> = { [K in keyof A]: Given<A[K]> };

/** The gradient towards an argument: arrays in the form of the argument. */
export type Gradient<T> = T extends NDArray | AnyTypedArray | number | readonly number[]
  ? NDArray
  : T extends null | undefined
    ? T
    : T extends (...args: never[]) => unknown
      ? never
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
    : never;

/** How a function is differentiated. */
export interface GradOptions<N extends Argnums = Argnums> {
  /** The places of the arguments that are differentiated, counted from the end where negative. Default 0. */
  readonly argnums?: N;
  /** Whether `f` returns `[loss, aux]`: `aux` is handed through. */
  readonly hasAux?: boolean;
  /** Whether integers may be among the arguments that are differentiated; their gradient is null. */
  readonly allowInt?: boolean;
}
