import { ShapeError } from "../../base/index.ts";
import type { ArrayLike, ArrayData } from "../../data/index.ts";
import {
  castData,
  contract,
  arrayData,
  encodeElement,
  formatShape,
  gather,
  isHalf,
  parseSubscripts,
  permuted,
  promote,
  sizeOf,
  storageFor,
  stridesOf,
  toData,
} from "../../data/index.ts";
import { NDArray } from "../ndarray.ts";

/** An operand on the way: its elements, and a label for every axis, each once. */
interface Operand {
  readonly x: ArrayData;
  readonly labels: readonly string[];
}

/**
 * The sum of products that a string of letters describes: an axis of every operand to each letter, and those that the
 * output leaves out are summed. `"ij,jk->ik"` is the matrix product, `"ii"` the trace, `"...ij->...ji"` a transpose.
 * An axis of size 1 stretches.
 *
 * The order of summation: operands are multiplied from left to right. Letters that only one operand of a pair has and
 * nothing afterwards needs are summed before the product, then the shared ones, each time in the order in which they
 * first appear in the string, the last of them fastest, with the arithmetic of `matmul`.
 *
 * @param subscripts letters, commas, `...` and `->`; spaces do not count. Without `->` the output is the ellipsis and
 * every letter that occurs once, in alphabetical order
 * @throws TypeError if `subscripts` is no string; RangeError if it is malformed
 * @throws ShapeError if an operand has not the axes that its term says, or one letter has two sizes
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/einsum.py` (`einsum`).
 * @example
 * einsum("ij,jk->ik", [[1, 2]], [[3], [4]]).tolist() // => [[11]]
 * einsum("ii", [[1, 2], [3, 4]]).item() // => 5
 */
export function einsum(subscripts: string, ...operands: readonly ArrayLike[]): NDArray {
  return new NDArray(
    einsumData(
      subscripts,
      operands.map((x, i) => toData(x, `einsum: operand ${i}`)),
    ),
  );
}

/** `einsum` on raw arrays. */
export function einsumData(subscripts: string, arrays: readonly ArrayData[]): ArrayData {
  const { inputs, output } = parseSubscripts(
    subscripts,
    arrays.map((x) => x.shape),
  );
  const dtype = arrays.map((x) => x.dtype).reduce(promote);
  if (isHalf(dtype))
    return castData(
      einsumData(
        subscripts,
        arrays.map((x) => castData(x, "float32")),
      ),
      dtype,
    );
  const order = [...new Set(inputs.flat())];
  const sizes = sizesOf(subscripts, arrays, inputs);
  const operands = inputs.map((labels, i) => distinct(subscripts, arrays[i]!, labels, sizes));
  let result = operands[0]!;
  for (let i = 1; i < operands.length; i++) {
    const needed = new Set([...output, ...operands.slice(i + 1).flatMap(({ labels }) => labels)]);
    result = product(subscripts, result, operands[i]!, needed, order);
  }
  const { x, labels } = summed(result, new Set(output), order);
  return permuted(
    x,
    output.map((label) => labels.indexOf(label)),
  );
}

/** The size of every label; one that is 1 here and n there is n. */
function sizesOf(
  subscripts: string,
  arrays: readonly ArrayData[],
  inputs: readonly (readonly string[])[],
): Map<string, number> {
  const sizes = new Map<string, number>();
  inputs.forEach((labels, i) => {
    labels.forEach((label, axis) => {
      const size = arrays[i]!.shape[axis]!;
      const known = sizes.get(label) ?? 1;
      if (known !== 1 && size !== 1 && known !== size) {
        const name = label.length === 1 ? `"${label}"` : "the ellipsis";
        throw new ShapeError(
          `einsum: shapes ${arrays.map((x) => formatShape(x.shape)).join(" and ")} do not fit "${subscripts}": ${name} has sizes ${known} and ${size}`,
        );
      }
      sizes.set(label, known === 1 ? size : known);
    });
  });
  return sizes;
}

/** One axis a label: of a repeated one the diagonal, and none where another operand has more than this one's single element. */
function distinct(
  subscripts: string,
  x: ArrayData,
  labels: readonly string[],
  sizes: ReadonlyMap<string, number>,
): Operand {
  const strides = stridesOf(x.shape);
  const steps = new Map<string, number>();
  labels.forEach((label, axis) => {
    const size = x.shape[axis]!;
    const first = x.shape[labels.indexOf(label)]!;
    if (size !== first)
      throw new ShapeError(
        `einsum: shape ${formatShape(x.shape)} does not fit "${subscripts}": "${label}" has sizes ${first} and ${size} in one operand`,
      );
    if (size !== 1 || sizes.get(label) === 1) steps.set(label, (steps.get(label) ?? 0) + strides[axis]!);
  });
  const kept = [...steps.keys()];
  const shape = kept.map((label) => sizes.get(label)!);
  if (new Set(labels).size === labels.length) return { x: { ...x, shape }, labels: kept };
  return { x: gather(x, shape, [...steps.values()]), labels: kept };
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
  const x = contract(`einsum "${subscripts}"`, a.x, b.x, { sum: axesOf(a, b, sum), batch: axesOf(a, b, batch) });
  const free = (labels: readonly string[]): string[] => labels.filter((label) => !shared.includes(label));
  return { x, labels: [...batch, ...free(a.labels), ...free(b.labels)] };
}

function axesOf(a: Operand, b: Operand, labels: readonly string[]): { a: number[]; b: number[] } {
  return { a: labels.map((label) => a.labels.indexOf(label)), b: labels.map((label) => b.labels.indexOf(label)) };
}

/** The sum over all labels that are not needed: a product with ones, which is exact. */
function summed({ x, labels }: Operand, needed: ReadonlySet<string>, order: readonly string[]): Operand {
  const gone = order.filter((label) => labels.includes(label) && !needed.has(label));
  if (gone.length === 0) return { x, labels };
  const axes = gone.map((label) => labels.indexOf(label));
  const shape = axes.map((axis) => x.shape[axis]!);
  const ones = arrayData(shape, x.dtype, storageFor(x.dtype, sizeOf(shape)).fill(encodeElement(x.dtype, 1)));
  return {
    x: contract("einsum", x, ones, { sum: { a: axes, b: shape.map((_, i) => i) } }),
    labels: labels.filter((label) => needed.has(label)),
  };
}
