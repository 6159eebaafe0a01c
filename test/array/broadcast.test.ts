import { expect, it } from "vitest";
import { nnx, numpy as jnp } from "../../src/index.ts";
import { onEachBackend } from "../backends.ts";
import { firstDifference } from "../bits.ts";

const { fround } = Math;

/**
 * Pairs of shapes: an operand whole, broadcast in front, behind, between, and both broadcast. Some are
 * small, some are blocks of thousands.
 */
const SHAPES: readonly (readonly [readonly number[], readonly number[]])[] = [
  [
    [2, 3, 4],
    [3, 1],
  ],
  [
    [2, 3, 4],
    [2, 1, 4],
  ],
  [
    [2, 3, 4],
    [2, 1, 1],
  ],
  [
    [3, 1],
    [1, 4],
  ],
  [
    [2, 1, 3, 1],
    [1, 4, 1, 5],
  ],
  [[1, 1], [5]],
  [[4, 1, 1], [3]],
  [
    [7, 5, 4, 3],
    [7, 1, 4, 1],
  ],
  [
    [3, 50, 8, 9],
    [3, 1, 8, 1],
  ],
  [
    [2, 3, 40, 60],
    [2, 1, 40, 60],
  ],
  [
    [2, 3, 40, 60],
    [2, 1, 1, 60],
  ],
  [
    [2, 1, 2500],
    [1, 3, 2500],
  ],
  [
    [3, 1, 2500, 1],
    [1, 2, 1, 2],
  ],
  [[5000, 1], [3]],
  [[0, 3], [1]],
  [
    [2, 1],
    [2, 0],
  ],
];

function filled(shape: readonly number[], seed: number): Float32Array {
  const size = shape.reduce((a, b) => a * b, 1);
  return Float32Array.from({ length: size }, (_, i) => (((i + seed) * 7919) % 1013) / 64 - 7);
}

/** Each element of the first operand against each of the second, by the indices of the result. */
function written(
  x: Float32Array,
  a: readonly number[],
  y: Float32Array,
  b: readonly number[],
  shape: readonly number[],
  f: (x: number, y: number) => number,
): Float32Array {
  const place = (own: readonly number[], index: readonly number[]): number =>
    own.reduce((at, n, axis) => at * n + (n === 1 ? 0 : index[shape.length - own.length + axis]!), 0);
  const size = shape.reduce((n, axis) => n * axis, 1);
  return Float32Array.from({ length: size }, (_, i) => {
    const index = shape.map(() => 0);
    for (let axis = shape.length - 1, rest = i; axis >= 0; axis--) {
      index[axis] = rest % shape[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    return f(x[place(a, index)]!, y[place(b, index)]!);
  });
}

onEachBackend("operands of any two shapes meet element by element", () => {
  it.each(SHAPES)("%j and %j", (a, b) => {
    const [x, y] = [filled(a, 1), filled(b, 5)];
    const [p, q] = [jnp.array(x).reshape(a), jnp.array(y).reshape(b)];
    const { shape } = p.add(q);
    const check = (got: { readonly data: unknown }, f: (x: number, y: number) => number): void => {
      expect(firstDifference(Float32Array.from(got.data as Float32Array), written(x, a, y, b, shape, f))).toBe(-1);
    };
    check(p.sub(q), (v, w) => fround(v - w));
    check(q.sub(p), (v, w) => fround(w - v));
    check(jnp.maximum(p, q), Math.max);
    check(p.gt(q), (v, w) => Number(v > w));
    check(jnp.where(p.gt(0), p, q), (v, w) => (v > 0 ? v : w));
    check(jnp.where(q.gt(0), p, q), (v, w) => (w > 0 ? v : w));
    check(jnp.where(p.gt(0), 2, q), (v, w) => (v > 0 ? 2 : w));
    expect(jnp.where(p.gt(0), p, q).shape).toEqual(shape);
    expect(nnx.evalShape(() => jnp.where(p.gt(0), p, q).sub(q)).shape).toEqual(shape);
  });

  it("16-bit floats compute in float32 in every shape", () => {
    const [x, y] = [filled([2, 3, 40, 60], 1), filled([2, 1, 1, 60], 5)];
    const wide = jnp.array(x).reshape([2, 3, 40, 60]).astype("bfloat16");
    const other = jnp.array(y).reshape([2, 1, 1, 60]).astype("bfloat16");
    const expected = wide.astype("float32").add(other.astype("float32")).astype("bfloat16");
    expect(wide.add(other).data).toEqual(expected.data);
  });
});
