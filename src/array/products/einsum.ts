import type { PrecisionOptions } from "../precision.ts";
import { assertNames, isNamed, ShapeError } from "../../base/index.ts";
import type { ArrayLike, Shape } from "../../data/index.ts";
import { DATA, formatShape, isHalf, parseSubscripts, promote, stridedPlan, stridesOf } from "../../data/index.ts";
import { ones } from "../creation/arrays.ts";
import type { NDArray } from "../ndarray.ts";
import { apply, rawOf } from "../ndarray.ts";
import { weakly } from "../scalar.ts";
import { GATHER } from "../operations/indexing.ts";
import { CONTRACT } from "../operations/products.ts";

/** An intermediate operand: its elements, and a different label for every axis. */
interface Operand {
  readonly x: NDArray;
  readonly labels: readonly string[];
}

/**
 * The sum of products that a string describes. Each operand has a letter for every axis; letters that the output leaves
 * out are summed. `"ij,jk->ik"` is the matrix product, `"ii"` the trace, `"...ij->...ji"` a transpose. An axis of size
 * 1 broadcasts.
 *
 * The order of summation: operands are multiplied from left to right. Letters that only one operand of a pair has, and
 * that nothing needs afterwards, are summed before the product. Then the shared letters are summed, in the order in
 * which they first appear in the string, the last of them fastest, with the arithmetic of `matmul`.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/einsum.py` (`einsum`).
 * @param subscripts letters, commas, `...` and `->`; spaces do not count. Without `->` the output is the ellipsis and
 * every letter that occurs once, in alphabetical order
 * @throws TypeError if `subscripts` is not a string; RangeError if it is malformed
 * @throws ShapeError if an operand does not have the axes that its term says, or one letter has two sizes
 * @example
 * einsum("ij,jk->ik", [[1, 2]], [[3], [4]]).tolist() // => [[11]]
 * einsum("ii", [[1, 2], [3, 4]]).item() // => 5
 */
export function einsum(subscripts: string, ...operands: readonly (ArrayLike | PrecisionOptions)[]): NDArray {
  const last = operands.at(-1);
  if (typeof last === "object" && last !== null && isNamed(last)) {
    assertNames(last, "einsum", ["precision"]);
    return einsum(subscripts, ...operands.slice(0, -1));
  }
  return einsumOf(subscripts, operands as readonly ArrayLike[]);
}

function einsumOf(subscripts: string, operands: readonly ArrayLike[]): NDArray {
  const arrays = weakly(operands, (i) => `einsum: operand ${i}`);
  const shapes = arrays.map((x) => x.shape);
  const { inputs, output } = parseSubscripts(subscripts, shapes);
  const dtype = arrays.map((x) => x.dtype).reduce(promote);
  // 16-bit floats are summed as float32 and rounded once.
  const floats = isHalf(dtype) ? arrays.map((x) => x.astype("float32")) : arrays;
  const order = [...new Set(inputs.flat())];
  const sizes = sizesOf(subscripts, shapes, inputs);
  const terms = inputs.map((labels, i) => distinct(subscripts, floats[i]!, labels, sizes));
  const whole = terms.reduce((left, right, i) => {
    const needed = new Set([...output, ...terms.slice(i + 1).flatMap(({ labels }) => labels)]);
    return product(subscripts, left, right, needed, order);
  });
  const { x, labels } = summed(whole, new Set(output), order);
  const y = x.transpose(output.map((label) => labels.indexOf(label)));
  return isHalf(dtype) ? y.astype(dtype) : y;
}

/** The size of every label; sizes 1 and n make n. */
function sizesOf(
  subscripts: string,
  shapes: readonly Shape[],
  inputs: readonly (readonly string[])[],
): Map<string, number> {
  const sizes = new Map<string, number>();
  inputs.forEach((labels, i) => {
    labels.forEach((label, axis) => {
      const size = shapes[i]![axis]!;
      const known = sizes.get(label) ?? 1;
      if (known !== 1 && size !== 1 && known !== size) throw sizeError(subscripts, shapes, label, known, size);
      sizes.set(label, known === 1 ? size : known);
    });
  });
  return sizes;
}

function sizeError(
  subscripts: string,
  shapes: readonly Shape[],
  label: string,
  known: number,
  size: number,
): ShapeError {
  const all = shapes.map(formatShape).join(" and ");
  const name = label.length === 1 ? `"${label}"` : "the ellipsis";
  return new ShapeError(`einsum: shapes ${all} do not fit "${subscripts}": ${name} has sizes ${known} and ${size}`);
}

/**
 * `x` with one axis for each label. A repeated label takes the diagonal. An axis of size 1 is dropped if its label is
 * larger in another operand.
 */
function distinct(
  subscripts: string,
  x: NDArray,
  labels: readonly string[],
  sizes: ReadonlyMap<string, number>,
): Operand {
  const { shape } = x;
  const strides = stridesOf(shape);
  const steps = new Map<string, number>();
  labels.forEach((label, axis) => {
    const size = shape[axis]!;
    const first = shape[labels.indexOf(label)]!;
    if (size !== first) throw diagonalError(subscripts, shape, label, first, size);
    if (size !== 1 || sizes.get(label) === 1) steps.set(label, (steps.get(label) ?? 0) + strides[axis]!);
  });
  const kept = [...steps.keys()];
  const own = kept.map((label) => sizes.get(label)!);
  if (new Set(labels).size === labels.length) return { x: x.reshape(own), labels: kept };
  return { x: apply(GATHER, stridedPlan(own, [...steps.values()], 0), rawOf(x)), labels: kept };
}

function diagonalError(subscripts: string, shape: Shape, label: string, first: number, size: number): ShapeError {
  const sizes = `"${label}" has sizes ${first} and ${size} in one operand`;
  return new ShapeError(`einsum: shape ${formatShape(shape)} does not fit "${subscripts}": ${sizes}`);
}

function product(
  subscripts: string,
  left: Operand,
  right: Operand,
  needed: ReadonlySet<string>,
  order: readonly string[],
): Operand {
  const a = summed(left, new Set([...needed, ...right.labels]), order);
  const b = summed(right, new Set([...needed, ...left.labels]), order);
  const shared = order.filter((label) => a.labels.includes(label) && b.labels.includes(label));
  const sum = shared.filter((label) => !needed.has(label));
  const batch = shared.filter((label) => needed.has(label));
  const pairing = { fn: `einsum "${subscripts}"`, sum: axesOf(a, b, sum), batch: axesOf(a, b, batch) };
  const x = apply(CONTRACT, pairing, rawOf(a.x), rawOf(b.x));
  const free = (labels: readonly string[]): string[] => labels.filter((label) => !shared.includes(label));
  return { x, labels: [...batch, ...free(a.labels), ...free(b.labels)] };
}

function axesOf(a: Operand, b: Operand, labels: readonly string[]): { a: number[]; b: number[] } {
  return { a: labels.map((label) => a.labels.indexOf(label)), b: labels.map((label) => b.labels.indexOf(label)) };
}

/** `x` summed over all labels that are not needed, as a product with ones, which is exact. */
function summed({ x, labels }: Operand, needed: ReadonlySet<string>, order: readonly string[]): Operand {
  const gone = order.filter((label) => labels.includes(label) && !needed.has(label));
  if (gone.length === 0) return { x, labels };
  const axes = gone.map((label) => labels.indexOf(label));
  const factors = ones(
    axes.map((axis) => x.shape[axis]!),
    x.dtype,
  );
  const sum = { a: axes, b: [...axes.keys()] };
  return {
    x: apply(CONTRACT, { fn: "einsum", sum }, x[DATA], factors[DATA]),
    labels: labels.filter((label) => needed.has(label)),
  };
}
