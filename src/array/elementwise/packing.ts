/** Bits as bytes and bytes as bits. */
import type { Places } from "../../base/index.ts";
import { describe, inOrder } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { isFloat, toAxis } from "../../data/index.ts";
import { concatenate } from "../manipulation/joining.ts";
import { swapaxes } from "../manipulation/shapes.ts";
import { zeros } from "../creation/arrays.ts";
import { arange } from "../creation/ranges.ts";
import { flip } from "../manipulation/moving.ts";
import type { NDArray } from "../ndarray.ts";
import { asNDArray } from "../ndarray.ts";
import { bitwiseAnd, leftShift, rightShift } from "./bitwise.ts";

/** Which bit of a byte comes first: the highest, or the lowest. */
export type BitOrder = "big" | "little";

/** What each of the 8 bits of a byte is shifted by, in their order. */
function shifts(order: BitOrder, fn: string): NDArray {
  if (order !== "big" && order !== "little")
    throw new TypeError(`${fn}: "bitorder" expected "big" or "little", got ${describe(order)}`);
  const up = arange(8).astype("uint8");
  return order === "big" ? flip(up) : up;
}

/** The options of `packbits`. */
export interface PackbitsOptions {
  /** Default: the flattened array. */
  readonly axis?: number | null;
  /** Default `"big"`. */
  readonly bitorder?: BitOrder;
}

/**
 * Eight elements along an axis as the bits of one uint8, 1 where they are not 0; zeros fill the last.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`packbits`).
 * @throws TypeError for floats or another order
 * @example
 * packbits([true, false, true]).tolist() // => [160]
 */
export function packbits(
  x: ArrayLike,
  ...places: Places<[axis: number | null, bitorder: BitOrder], PackbitsOptions>
): NDArray;
export function packbits(): NDArray {
  return inOrder(packbitsOf, arguments, 1, "packbits a | axis bitorder");
}

function packbitsOf(x: ArrayLike, { axis = null, bitorder = "big" }: PackbitsOptions = {}): NDArray {
  const given = asNDArray(x, 'packbits: "x"');
  if (isFloat(given.dtype))
    throw new TypeError(`packbits: "x" expected integers or bools, got ${given.dtype}. Compare it with .ne(0)`);
  const by = shifts(bitorder, "packbits");
  const from = axis === null ? given.flatten() : given;
  const along = toAxis(axis ?? 0, from.ndim, 'packbits: "axis"');
  const bits = swapaxes(from.ne(0).astype("uint8"), along, -1);
  const n = bits.shape.at(-1)!;
  const missing = zeros([...bits.shape.slice(0, -1), (8 - (n % 8)) % 8], "uint8");
  const whole = concatenate([bits, missing], -1);
  const bytes = whole.reshape([...whole.shape.slice(0, -1), whole.shape.at(-1)! / 8, 8]);
  return swapaxes(leftShift(bytes, by).sum(-1).astype("uint8"), along, -1);
}

/** The options of `unpackbits`. */
export interface UnpackbitsOptions extends PackbitsOptions {
  /** How many bits to give: zeros follow if there are fewer. Default all. */
  readonly count?: number | null;
}

/**
 * The bits of uint8 elements along an axis, uint8.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`unpackbits`).
 * @throws TypeError for another dtype or order
 * @example
 * unpackbits(Uint8Array.of(160), { count: 3 }).tolist() // => [1, 0, 1]
 */
export function unpackbits(
  x: ArrayLike,
  ...places: Places<[axis: number | null, count: number | null, bitorder: BitOrder], UnpackbitsOptions>
): NDArray;
export function unpackbits(): NDArray {
  return inOrder(unpackbitsOf, arguments, 1, "unpackbits a | axis count bitorder");
}

function unpackbitsOf(x: ArrayLike, { axis = null, count = null, bitorder = "big" }: UnpackbitsOptions = {}): NDArray {
  const given = asNDArray(x, 'unpackbits: "x"');
  if (given.dtype !== "uint8") throw new TypeError(`unpackbits: "x" expected uint8, got ${given.dtype}`);
  const by = shifts(bitorder, "unpackbits");
  const from = axis === null ? given.flatten() : given;
  const along = toAxis(axis ?? 0, from.ndim, 'unpackbits: "axis"');
  const bytes = swapaxes(from, along, -1);
  const bits = bitwiseAnd(rightShift(bytes.reshape([...bytes.shape, 1]), by), 1);
  const all = bits.reshape([...bytes.shape.slice(0, -1), 8 * bytes.shape.at(-1)!]);
  const n = all.shape.at(-1)!;
  const kept =
    count === null
      ? all
      : count <= n
        ? all.slice("...", `:${count}`)
        : concatenate([all, zeros([...all.shape.slice(0, -1), count - n], "uint8")], -1);
  return swapaxes(kept, along, -1);
}
