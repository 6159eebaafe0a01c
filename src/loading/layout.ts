import type { NDArray, Shape } from "../array/index.ts";
import { flip } from "../array/index.ts";
import { describe } from "../base/index.ts";

/** A way to lay a weight out anew; the inverse makes saving by the same rules possible. */
export interface ArrayFunction {
  (array: NDArray): NDArray;
}

/** A function and its inverse. */
export interface Transform {
  readonly forward: ArrayFunction;
  readonly backward?: ArrayFunction | undefined;
}

/** How the weight in the file becomes the one in the model. The steps are done in this order. */
export interface Layout {
  /**
   * Where the weight comes from: `linear` is (out, in) as PyTorch has it, `conv` (out, in, ...kernel), `convTranspose`
   * (in, out, ...kernel), whose kernel is flipped too.
   */
  readonly from?: "linear" | "conv" | "convTranspose" | undefined;
  /** The new order of the axes, as `jnp.transpose` takes it. */
  readonly permute?: readonly number[] | undefined;
  /** The new shape; one size may be -1. */
  readonly reshape?: readonly number[] | undefined;
  /** The shape in the file (of a part, where the array is split), which saving by a rule with `reshape` needs. */
  readonly fileShape?: readonly number[] | undefined;
  /** A function of your own; with its inverse the model can be saved by the same rules. */
  readonly transform?: ArrayFunction | Transform | undefined;
}

/** A layout taken apart. */
export interface Steps {
  /**
   * The shape that the result has; undefined where only doing it tells. @throws RangeError if the layout does not fit
   */
  shape(from: Shape): Shape | undefined;
  forward(array: NDArray): NDArray;
  /** @param shape - what the array had before, where that is known */
  backward(array: NDArray, shape?: Shape): NDArray;
}

export const ORIGINS = ["linear", "conv", "convTranspose"] as const;

const KNOWN = ["from", "permute", "reshape", "fileShape", "transform"];

/** @throws RangeError, TypeError if `layout` is none */
export function stepsOf(layout: Layout): Steps {
  const { from, permute, reshape, fileShape, transform } = layout;
  if (from !== undefined && !ORIGINS.includes(from))
    throw new RangeError(`layout: "from" expected linear, conv or convTranspose, got ${describe(from)}`);
  for (const key of Object.keys(layout))
    if (!KNOWN.includes(key)) throw new RangeError(`layout: expected ${KNOWN.join(", ")}, got ${describe(key)}`);
  const steps: Steps[] = [];
  if (from !== undefined) steps.push(fromSteps(from));
  if (permute !== undefined) steps.push(permuteSteps(() => permute));
  if (reshape !== undefined) steps.push(reshapeSteps(reshape));
  if (transform !== undefined) steps.push(functionSteps(transform));
  return joinSteps(steps, fileShape);
}

/** One after the other, from arrays that have `fileShape` in the file. */
function joinSteps(steps: readonly Steps[], fileShape: Shape | undefined): Steps {
  return {
    shape: (from) => steps.reduce<Shape | undefined>((shape, step) => shape && step.shape(shape), from),
    forward: (array) => steps.reduce((x, step) => step.forward(x), array),
    backward(array) {
      const shapes = [fileShape];
      for (const step of steps) {
        const before = shapes.at(-1);
        shapes.push(before && step.shape(before));
      }
      return steps.reduceRight((x, step, i) => step.backward(x, shapes[i]), array);
    },
  };
}

/** The order of axes that makes PyTorch's kernel one of Flax. */
export function orderFrom(from: (typeof ORIGINS)[number], rank: number): readonly number[] {
  const [least, most] = from === "linear" ? [2, 2] : [3, 5];
  if (rank < least || rank > most)
    throw new RangeError(`{ from: "${from}" } expected ${least}${most > least ? ` to ${most}` : ""} axes, got ${rank}`);
  const kernel = Array.from({ length: rank - 2 }, (_, axis) => axis + 2);
  return from === "convTranspose" ? [...kernel, 0, 1] : [...kernel, 1, 0];
}

function fromSteps(from: (typeof ORIGINS)[number]): Steps {
  const permuting = permuteSteps((rank) => orderFrom(from, rank));
  if (from !== "convTranspose") return permuting;
  return {
    ...permuting,
    forward: (array) => flipKernel(permuting.forward(array), 0),
    backward: (array, shape) => flipKernel(permuting.backward(array, shape), 2),
  };
}

/** Reverses the axes of the kernel, of which the first is `first`. */
function flipKernel(array: NDArray, first: number): NDArray {
  return flip(
    array,
    Array.from({ length: array.ndim - 2 }, (_, axis) => axis + first),
  );
}

function permuteSteps(orderOf: (rank: number) => readonly number[]): Steps {
  return {
    shape(from) {
      const order = orderOf(from.length);
      if ([...order].sort((a, b) => a - b).join() !== [...from.keys()].join())
        throw new RangeError(`{ permute: [${order.join(", ")}] } expected the axes of [${from.join(", ")}]`);
      return order.map((axis) => from[axis]!);
    },
    forward: (array) => array.transpose([...orderOf(array.ndim)]),
    backward(array) {
      const order = orderOf(array.ndim);
      return array.transpose(order.map((_, axis) => order.indexOf(axis)));
    },
  };
}

function reshapeSteps(to: readonly number[]): Steps {
  return {
    shape(from) {
      const size = from.reduce((a, b) => a * b, 1);
      const known = to.reduce((a, b) => (b === -1 ? a : a * b), 1);
      const free = to.filter((b) => b === -1).length;
      if (free > 1 || (free === 1 ? size % known !== 0 : size !== known))
        throw new RangeError(`{ reshape: [${to.join(", ")}] } expected ${size} elements as [${from.join(", ")}] has`);
      return to.map((b) => (b === -1 ? size / known : b));
    },
    forward: (array) => array.reshape([...to]),
    backward(array, shape) {
      if (shape === undefined) throw new RangeError("{ reshape } expected { fileShape } for saving");
      return array.reshape([...shape]);
    },
  };
}

function functionSteps(transform: ArrayFunction | Transform): Steps {
  const { forward, backward } =
    typeof transform === "function" ? { forward: transform, backward: undefined } : transform;
  if (typeof forward !== "function")
    throw new TypeError(`layout: "transform" expected a function, got ${describe(transform)}`);
  return {
    shape: () => undefined,
    forward,
    backward(array) {
      if (backward === undefined) throw new TypeError("{ transform } expected { forward, backward } for saving");
      return backward(array);
    },
  };
}
