import type { GradientTransformation, Scalar } from "../base.ts";

/** What a transformation does, where a step in one pass can do the same. */
export type Part =
  | { readonly kind: "identity" }
  | { readonly kind: "trace"; readonly decay: number; readonly nesterov: boolean }
  | {
      readonly kind: "adam";
      readonly b1: number;
      readonly b2: number;
      readonly eps: number;
      readonly epsRoot: number;
    }
  | { readonly kind: "decay"; readonly strength: number }
  /** Updates times a number: the same at every step, or a function of how many steps were done. */
  | { readonly kind: "scale"; readonly stepSize: number | ((count: number) => Scalar) }
  | { readonly kind: "chain"; readonly members: readonly GradientTransformation[] };

const parts = new WeakMap<GradientTransformation, Part>();

/** Notes what `tx` does, and gives it back. */
export function withPart<T extends GradientTransformation>(tx: T, part: Part): T {
  parts.set(tx, part);
  return tx;
}

/** What is known of `tx`. */
export function partOf(tx: GradientTransformation): Part | undefined {
  return parts.get(tx);
}
