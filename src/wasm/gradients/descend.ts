import type { Descent } from "../../base/index.ts";
import type { Arena } from "../memory.ts";
import type { GradientExports } from "./exports.ts";
import { inParts } from "./parts.ts";

/**
 * Makes a step of the `count` elements from `start` on, and writes the parameters after it to `out`.
 *
 * @param sumPtr where the gradients of these elements are; without it they are in `out`
 */
export function descend(
  arena: Arena,
  exports: GradientExports,
  descent: Descent,
  out: Float32Array,
  start: number,
  count: number,
  sumPtr?: number,
): void {
  const { p } = descent;
  const g = sumPtr === undefined ? out : undefined;
  const placeOf = (gPtr: number, from: number): number => (sumPtr === undefined ? gPtr : sumPtr + 4 * (from - start));
  if (descent.kind === "sgd") {
    const kernel = (pPtr: number, gPtr: number, _: number, __: number, n: number, from: number): void =>
      exports.sgdF32(pPtr, placeOf(gPtr, from), n, descent.rate);
    inParts(arena, [p, g], [out], kernel, start, count);
    return;
  }
  const { m, v, mOut, vOut, numbers } = descent;
  const { rate, b1, rest1, c1, b2, rest2, c2, eps, epsRoot, weightDecay: decay } = numbers;
  const kernel = (pPtr: number, gPtr: number, mPtr: number, vPtr: number, n: number, from: number): void => {
    const place = placeOf(gPtr, from);
    exports.adamF32(pPtr, place, mPtr, vPtr, n, rate, b1, rest1, c1, b2, rest2, c2, eps, epsRoot, decay);
  };
  inParts(arena, [p, g, m, v], [out, undefined, mOut, vOut], kernel, start, count);
}
