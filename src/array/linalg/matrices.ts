import { ShapeError } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { formatShape } from "../../data/index.ts";
import { floating } from "../elementwise/elementary.ts";
import type { NDArray } from "../ndarray.ts";

/** `a` as floats [..., m, n]. */
export function matricesOf(a: ArrayLike, fn: string): NDArray {
  const given = floating(a, `${fn}: "a"`);
  if (given.ndim < 2)
    throw new ShapeError(`${fn}: "a" expected at least two axes, got shape ${formatShape(given.shape)}`);
  return given;
}

/** `a` as floats [..., n, n]. */
export function squaresOf(a: ArrayLike, fn: string): NDArray {
  const given = matricesOf(a, fn);
  if (given.shape.at(-1) !== given.shape.at(-2))
    throw new ShapeError(`${fn}: "a" expected square matrices, got shape ${formatShape(given.shape)}`);
  return given;
}
