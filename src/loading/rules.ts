import { assertTakes, describe } from "../base/index.ts";
import type { TensorInfo } from "../weights/index.ts";
import type { Layout } from "./layout.ts";
import { stepsOf } from "./layout.ts";
import type { Recipe } from "./recipe.ts";
import { chain, cut, each, joined, stacked, summed } from "./recipe.ts";

/**
 * What becomes of a name in the file: the name of a parameter, which may have the pattern's placeholders; what
 * `split`, `join`, `stack`, `add` or `tied` give; null, which ignores it on purpose.
 */
export type RuleTarget = string | Target | null;

/**
 * One rule of how names and layouts in a file become those of a model: a pattern of names (several, where parameters
 * are made of several arrays), what they become, and for a parameter by name how its array is laid out anew.
 *
 * In a pattern `{i}` stands for a number, `{*rest}` for any text, `{weight|bias}` for one of these, `{q,k,v}` for
 * several names in that order; `{w|b}` is short for `{weight|bias}`. Alternatives of the target follow those of the
 * pattern.
 */
export type Rule = readonly [pattern: string | readonly string[], target: RuleTarget, layout?: Layout];

/** Says what becomes of one name; undefined makes it unexpected. */
export type NameFunction = (name: string, info: TensorInfo) => RuleTarget | undefined;

/** How names in a file become those of a model: rules, of which the first that matches counts, or a function. */
export type NameMap = readonly Rule[] | NameFunction;

/** Parameters and how they are made of arrays in the file. */
export interface Target {
  /** @internal Their names: a pattern. */
  readonly to: string;
  /** @internal The capture that counts the arrays; `true` stands for the one that `to` does not have. */
  readonly over?: string | true;
  /** @internal Whether the array is compared and not loaded. */
  readonly tied?: true;
  /** @internal How, for so many arrays of the file and of the model. */
  recipe(from: number, to: number): Recipe;
}

export interface SplitOptions extends Layout {
  /** The axis that is cut, of the array as it is in the file. */
  readonly axis: number;
  /** The sizes of the parts along it; without them they are equal. */
  readonly sizes?: readonly number[] | undefined;
}

export interface JoinOptions extends Layout {
  /** The axis along which the arrays are put together, after each was laid out anew. Default 0. */
  readonly axis?: number | undefined;
  /** The sizes of the parts along it, for saving; without them they are equal. */
  readonly sizes?: readonly number[] | undefined;
}

export interface StackOptions extends Layout {
  /** The new axis, after each array was laid out anew. Default 0. */
  readonly axis?: number | undefined;
  /** The number in the pattern that counts the arrays; without it the one that the target does not have. */
  readonly over?: string | undefined;
}

/**
 * One array of the file is cut into several parameters: fused queries, keys and values, or the gates of a cell. Each
 * part is laid out anew after the cut.
 *
 * @param to - their names, with a list: `attn.{query,key,value}.kernel`
 * @example
 * const { split } = weights;
 * const model = new nnx.Dict({ a: new nnx.Param([0, 0]), b: new nnx.Param([0]) });
 * const file = weights.readSafetensors(weights.save({ ab: jnp.array([1, 2, 3]) }));
 * await weights.loadInto(model, file, { map: [["ab", split("{a,b}", { axis: 0, sizes: [2, 1] })]] });
 * model.get("a").get().tolist() // => [1, 2]
 */
export function split(to: string, options: SplitOptions): Target {
  assertTakes(arguments, "split", "to options");
  if (typeof options?.axis !== "number")
    throw new TypeError(`split: "axis" expected a number, got ${describe(options?.axis)}. split("{a,b}", { axis: 0 })`);
  const { axis, sizes, ...layout } = options;
  const steps = stepsOf(layout);
  return { to, recipe: (_, count) => chain(cut(count, axis, sizes), each(steps), count) };
}

/**
 * Several arrays of the file become one parameter, one behind the other.
 *
 * @example
 * const model = new nnx.Dict({ qkv: new nnx.Param(jnp.zeros([1, 2])) });
 * const file = weights.readSafetensors(weights.save({ q: jnp.array([[1]]), k: jnp.array([[2]]) }));
 * await weights.loadInto(model, file, { map: [["{q,k}", weights.join("qkv", { axis: 1 })]] });
 * model.get("qkv").get().tolist() // => [[1, 2]]
 */
export function join(to: string, { axis = 0, sizes, ...layout }: JoinOptions = {}): Target {
  assertTakes(arguments, "join", "to options");
  const steps = stepsOf(layout);
  return { to, recipe: (count) => chain(each(steps), joined(axis, sizes), count) };
}

/**
 * The arrays of several layers become one parameter with an axis for the layer, as a scanned block has it.
 *
 * @example
 * const model = new nnx.Dict({ scale: new nnx.Param(jnp.zeros([2, 3])) });
 * const file = weights.readSafetensors(weights.save({ "0.scale": jnp.ones([3]), "1.scale": jnp.zeros([3]) }));
 * await weights.loadInto(model, file, { map: [["{i}.scale", weights.stack("scale")]] });
 * model.get("scale").get().tolist() // => [[1, 1, 1], [0, 0, 0]]
 */
export function stack(to: string, { axis = 0, over, ...layout }: StackOptions = {}): Target {
  assertTakes(arguments, "stack", "to options");
  const steps = stepsOf(layout);
  return { to, over: over ?? true, recipe: (count) => chain(each(steps), stacked(axis), count) };
}

/**
 * Several arrays of the file are added up: the two biases that PyTorch has where Flax has one.
 *
 * @param to - the parameter, or what becomes of the sum: `add(split(...))`
 * @example
 * const model = new nnx.Dict({ bias: new nnx.Param([0, 0]) });
 * const file = weights.readSafetensors(weights.save({ bias_ih: jnp.array([1, 2]), bias_hh: jnp.array([10, 20]) }));
 * await weights.loadInto(model, file, { map: [[["bias_ih", "bias_hh"], weights.add("bias")]] });
 * model.get("bias").get().tolist() // => [11, 22]
 */
export function add(to: string | Target, layout: Layout = {}): Target {
  assertTakes(arguments, "add", "to layout");
  const steps = stepsOf(layout);
  const sum = chain(summed(), each(steps), 1);
  if (typeof to === "string") return { to, recipe: () => sum };
  return { to: to.to, recipe: (_, count) => chain(sum, to.recipe(1, count), 1) };
}

/**
 * The array is one that the model shares with another parameter: it must be equal to that, and is not loaded.
 *
 * @throws StateError `AliasConflict`, when loading, if it is not
 * @example
 * const model = new nnx.Dict({ embed: new nnx.Param([0, 0]) });
 * const file = weights.readSafetensors(weights.save({ embed: jnp.array([1, 2]), head: jnp.array([1, 2]) }));
 * const report = await weights.loadInto(model, file, { map: [["embed", "embed"], ["head", weights.tied("embed")]] });
 * report.tied // => [["head", "embed"]]
 */
export function tied(to: string, layout: Layout = {}): Target {
  assertTakes(arguments, "tied", "to layout");
  const steps = stepsOf(layout);
  return { to, tied: true, recipe: () => each(steps) };
}

/** What a rule's target and layout are together. @internal */
export function toTarget(target: string | Target, layout: Layout | undefined): Target {
  if (typeof target === "string") {
    const steps = stepsOf(layout ?? {});
    return { to: target, recipe: () => each(steps) };
  }
  if (typeof target !== "object" || typeof target.recipe !== "function")
    throw new TypeError(
      `rule: "target" expected a name, null, split, join, stack, add or tied, got ${describe(target)}`,
    );
  if (layout === undefined) return target;
  throw new TypeError(`rule for ${JSON.stringify(target.to)}: expected the layout inside of split, join, stack or add`);
}
