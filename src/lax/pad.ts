/** Arrays with a value around and between their entries. */
import type { Given } from "../base/index.ts";
import { assertList, inOrder, ShapeError } from "../base/index.ts";
import type { ArrayLike, NDArray } from "../array/index.ts";
import { asarray, castTo, full } from "../array/index.ts";
import { along } from "./alongaxis.ts";

/** How much is put before, after and between the entries of an axis. */
type Padding = readonly [low: number, high: number, interior: number];

/**
 * `x` with a value before, after and between the entries of each axis; negative amounts before and after cut away.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/lax.py` (`pad`).
 * @param paddingConfig for each axis how many before, after and between
 * @throws ShapeError if there is not one triple an axis
 * @example
 * lax.pad([1, 2], 0, [[1, 0, 1]]).tolist() // => [0, 1, 0, 2]
 */
export function pad(
  x: ArrayLike,
  ...places: Given<[paddingValue: ArrayLike, paddingConfig: readonly Padding[]], "paddingValue paddingConfig">
): NDArray;
export function pad(): NDArray {
  return inOrder(padOf, arguments, 3, "lax.pad operand paddingValue paddingConfig");
}

function padOf(x: ArrayLike, paddingValue: ArrayLike, paddingConfig: readonly Padding[]): NDArray {
  assertList(paddingConfig, 'lax.pad: "paddingConfig"');
  let out = asarray(x);
  if (paddingConfig.length !== out.ndim)
    throw new ShapeError(`lax.pad: "paddingConfig" expected ${out.ndim} triples, got ${paddingConfig.length}`);
  for (const [axis, [low, high, interior]] of paddingConfig.entries()) {
    const n = out.shape[axis]!;
    const spread = n === 0 ? 0 : n + (n - 1) * interior;
    const start = Math.max(low, 0);
    const shape = out.shape.map((size, i) => (i === axis ? start + spread + Math.max(high, 0) : size));
    const blank = full(shape, castTo(paddingValue, out.dtype, 'lax.pad: "paddingValue"'));
    out = blank.at(...along(axis, `${start}:${start + spread}:${interior + 1}` as `${number}:${number}`)).set(out);
    const cut = `${Math.max(-low, 0)}:${shape[axis]! - Math.max(-high, 0)}` as const;
    if (low < 0 || high < 0) out = out.slice(...along(axis, cut));
  }
  return out;
}
