import type { DType, Shape } from "../array/index.ts";
import { sameShape } from "../array/index.ts";
import type { FileDType } from "../weights/index.ts";
import { dtypeOf } from "../weights/index.ts";
import { layoutHint } from "./hint.ts";
import type { Group, Matched, NamedTensors } from "./match.ts";
import type { Mismatches } from "./mismatches.ts";
import type { Recipe } from "./recipe.ts";
import type { ModelLeaf, ModelLeaves } from "./targets.ts";

/** Arrays that are read together and the leaves that they become. */
export interface Step {
  readonly sources: readonly string[];
  /** Undefined where the filter left a leaf out. */
  readonly leaves: readonly (ModelLeaf | undefined)[];
  readonly recipe: Recipe;
}

/** What is to be done. */
export interface Plan {
  readonly steps: readonly Step[];
  /** Arrays that must be equal to leaves that others become. */
  readonly ties: readonly Step[];
  readonly ignored: readonly string[];
  readonly unexpected: readonly string[];
  /** The required leaves that nothing becomes. */
  readonly missing: readonly ModelLeaf[];
}

/**
 * Which arrays become which leaves. What does not fit is added to `mismatches`.
 *
 * @throws StateError `PathConflict` for a name that several paths of the model have
 */
export function planLoading(file: NamedTensors, leaves: ModelLeaves, matched: Matched, mismatches: Mismatches): Plan {
  const steps: Step[] = [];
  const ties: Step[] = [];
  const ignored = [...matched.ignored];
  const unexpected = [...matched.unexpected];
  /** By which of its names each leaf is loaded, and from what. */
  const claimed = new Map<ModelLeaf, { readonly name: string; readonly source: string }>();

  for (const group of matched.groups) {
    const given = group.sources.filter((name) => name !== undefined);
    const found = group.targets.map((name) => leaves.find(name));
    const unknown = group.targets.filter((_, i) => found[i] === undefined);
    if (unknown.length > 0) {
      for (const name of given) unexpected.push(name);
      mismatches.addUnknown(given, unknown);
    } else if (given.length < group.sources.length || given.length < group.expected.length) {
      for (const name of given) unexpected.push(name);
      mismatches.addIncomplete(given, absentOf(group));
    } else if (found.every((leaf) => !leaf!.chosen)) {
      ignored.push(...given);
    } else {
      const recipe = group.target.recipe(given.length);
      const step: Step = { sources: given, leaves: found.map((leaf) => (leaf!.chosen ? leaf : undefined)), recipe };
      checkFit(step, file, mismatches);
      if (group.target.tied || claim(step, group, claimed, mismatches)) ties.push(step);
      else steps.push(step);
    }
  }
  const missing = leaves.all.filter((leaf) => leaf.required && !claimed.has(leaf));
  return { steps, ties, ignored, unexpected, missing };
}

/** The names that a group lacks. */
function absentOf({ sources, expected, target }: Group): string[] {
  if (target.over === undefined) return expected.filter((_, i) => sources[i] === undefined);
  const indices = Array.from(sources, (name, i) => (name === undefined ? i : -1)).filter((i) => i >= 0);
  return indices.map((i) => `${expected[0]} with ${target.over} = ${i}`);
}

/**
 * Notes that a step loads its leaves.
 *
 * @returns whether they are loaded already by another of their names, so that this step is to give the same
 */
function claim(
  { sources, leaves }: Step,
  { targets }: Group,
  claimed: Map<ModelLeaf, { readonly name: string; readonly source: string }>,
  mismatches: Mismatches,
): boolean {
  let shared = false;
  for (const [i, leaf] of leaves.entries()) {
    if (leaf === undefined) continue;
    const name = targets[i]!.replaceAll("/", ".");
    const before = claimed.get(leaf);
    if (before === undefined) claimed.set(leaf, { name, source: sources[0]! });
    else if (before.name === name) mismatches.addTwice(before.source, sources[0]!, name);
    else shared = true;
  }
  return shared;
}

function checkFit({ sources, leaves, recipe }: Step, file: NamedTensors, mismatches: Mismatches): void {
  const infos = sources.map((name) => file.info(name));
  const name = sources.join(", ");
  let shapes: readonly (Shape | undefined)[];
  try {
    shapes = recipe.shapes(infos.map(({ shape }) => shape));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const to = leaves.map((leaf) => leaf?.name).join(", ");
    mismatches.shapes.push(`${JSON.stringify(name)} [${infos[0]!.shape.join(", ")}] for ${to}: ${error.message}`);
    return;
  }
  for (const [i, leaf] of leaves.entries()) {
    if (leaf === undefined) continue;
    const shape = shapes[i];
    if (shape !== undefined && !sameShape(shape, leaf.shape)) mismatches.shapes.push(shapeMismatch(name, shape, leaf));
    for (const info of infos) if (!goesInto(info, leaf.dtype)) mismatches.dtypes.push(dtypeMismatch(name, info, leaf));
  }
}

export function shapeMismatch(name: string, shape: Shape, leaf: ModelLeaf): string {
  const hint = layoutHint(shape, leaf.shape);
  return `${JSON.stringify(name)} [${shape.join(", ")}] for ${leaf.name} [${leaf.shape.join(", ")}]${hint}`;
}

export function dtypeMismatch(name: string, { dtype }: { readonly dtype: string }, leaf: ModelLeaf): string {
  const kind = leaf.isKey ? "a PRNG key (uint32)" : leaf.dtype;
  return `${JSON.stringify(name)} ${dtype} for ${leaf.name} ${kind}`;
}

/**
 * Floats go into floats, integers into integers, bools into bools. What flaxen has no type for fails when it is read.
 */
function goesInto({ dtype }: { readonly dtype: FileDType }, target: DType): boolean {
  const becomes = dtypeOf(dtype);
  return becomes === null || kindOf(becomes) === kindOf(target);
}

export function kindOf(dtype: DType): "float" | "int" | "bool" {
  return dtype === "bool" ? "bool" : /float/.test(dtype) ? "float" : "int";
}
