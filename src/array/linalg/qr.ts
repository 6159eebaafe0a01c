import { describe, inOrder, ShapeError } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { formatShape } from "../../data/index.ts";
import { eye, triu } from "../creation/diagonals.ts";
import { where } from "../elementwise/comparison.ts";
import { sqrt } from "../elementwise/elementary.ts";
import { square } from "../elementwise/arithmetic.ts";
import { arange } from "../creation/ranges.ts";
import { broadcastTo } from "../manipulation/shapes.ts";
import type { NDArray } from "../ndarray.ts";
import { matricesOf } from "./matrices.ts";

/** How much of a decomposition is wanted: the columns that are needed, all of them, or R alone. */
export type QrMode = "reduced" | "complete" | "r";

/**
 * A = Q R with orthonormal columns in Q and an upper triangle R, by Householder's reflections, float32. The signs are
 * those of LAPACK.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/linalg.py` (`qr`), up to rounding.
 * @param a [..., m, n]
 * @param options `mode`: `"reduced"` (default) for Q [..., m, k] and R [..., k, n] with the smaller k of m and n,
 * `"complete"` for [..., m, m] and [..., m, n], `"r"` for R alone
 * @throws ShapeError for fewer than two axes; TypeError for another mode
 * @example
 * linalg.qr([[3, 0], [4, 5]])[1].round(4).tolist() // => [[-5, -4], [0, 3]]
 */
export function qr(a: ArrayLike, options?: { readonly mode?: "reduced" | "complete" }): [q: NDArray, r: NDArray];
export function qr(a: ArrayLike, options: { readonly mode: "r" }): NDArray;
export function qr(): NDArray | NDArray[] {
  return inOrder(qrOf, arguments, 1, "linalg.qr a | mode");
}

function qrOf(a: ArrayLike, { mode = "reduced" }: { readonly mode?: QrMode } = {}): NDArray | NDArray[] {
  if (mode !== "reduced" && mode !== "complete" && mode !== "r")
    throw new TypeError(`linalg.qr: "mode" expected "reduced", "complete" or "r", got ${describe(mode)}`);
  const given = matricesOf(a, "linalg.qr");
  const [m, n] = given.shape.slice(-2) as [number, number];
  if (m === 0 || n === 0)
    throw new ShapeError(`linalg.qr: "a" expected matrices with elements, got shape ${formatShape(given.shape)}`);
  const k = Math.min(m, n);
  let r = given;
  let q = broadcastTo(eye(m, { dtype: given.dtype }), [...given.shape.slice(0, -2), m, m]);
  const rows = arange(m).reshape([m, 1]);
  for (let i = 0; i < Math.min(k, m - 1); i++) {
    // The column from the diagonal down, and its reflection to a multiple of the first axis.
    const column = where(rows.ge(i), r.slice("...", `${i}:${i + 1}`), 0);
    const head = column.slice("...", `${i}:${i + 1}`, ":");
    const below = square(where(rows.gt(i), column, 0)).sum(-2, { keepdims: true });
    const length = sqrt(square(head).add(below));
    const signed = where(head.lt(0), length.neg(), length);
    const v = column.add(where(rows.eq(i), signed, 0));
    const size = square(v).sum(-2, { keepdims: true });
    // A column that is zero below the diagonal already stays, as in LAPACK.
    const scale = where(below.eq(0), 0, where(size.eq(0), 0, where(size.eq(0), 1, size).pow(-1).mul(2)));
    r = r.sub(v.matmul(v.mT.matmul(r)).mul(scale));
    q = q.sub(q.matmul(v).matmul(v.mT).mul(scale));
  }
  if (mode === "complete") return [q, triu(r)];
  const upper = triu(r.slice("...", `:${k}`, ":"));
  return mode === "r" ? upper : [q.slice("...", `:${k}`), upper];
}
