import type { ActivationName, UnaryName } from "../../base/index.ts";
import { ACTIVATION, UNARY } from "../../base/index.ts";

/** The functions that the module of fused multiply-adds has. The others need none, or are not worth the bytes. */
export const FUSED_UNARY: readonly UnaryName[] = ["exp", "expm1", "log", "log1p", "tanh", "erf", "logistic"];

/** The activations that it has. */
export const FUSED_ACTIVATIONS: readonly ActivationName[] = ["gelu", "geluErf", "silu", "elu", "celu", "softplus"];

const UNARY_CODES = codes(UNARY, FUSED_UNARY);
const ACTIVATION_CODES = codes(ACTIVATION, FUSED_ACTIVATIONS);

/** The numbers of `names` as the bits of a word. */
function codes<Name extends string>(numbers: Readonly<Record<Name, number>>, names: readonly Name[]): number {
  return names.reduce((word, name) => word | (1 << numbers[name]), 0);
}

/** Whether it has the function of this number. */
export function hasUnary(code: number): boolean {
  return ((UNARY_CODES >> code) & 1) !== 0;
}

/** Whether it has the activation of this number. */
export function hasActivation(code: number): boolean {
  return ((ACTIVATION_CODES >> code) & 1) !== 0;
}
