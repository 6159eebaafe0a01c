import { assertTakes, hasBrand } from "../base/index.ts";
import type { Path } from "../nnx/index.ts";
import { findDuplicates, iterGraph, iterModules } from "../nnx/index.ts";
import type { Rule } from "./rules.ts";
import { otherPaths } from "./targets.ts";
import { torchLayerOf } from "./torchlayers.ts";

export interface TorchOptions {
  /**
   * Which Linear layers have their weight as (in, out) in the file already: those that are `Conv1D` in GPT-2. True for
   * all, or by the name of the layer.
   */
  readonly conv1d?: boolean | ((name: string) => boolean) | undefined;
  /** Your own rules, which come first. They take the place of derived ones for the same names. */
  readonly rules?: readonly Rule[] | undefined;
}

/** A part of a path that PyTorch calls otherwise, or leaves out. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  query: ["q_proj"],
  key: ["k_proj"],
  value: ["v_proj"],
  out: ["out_proj", "o_proj"],
};
/** No path has more names than these. */
const MAX_NAMES = 16;

/**
 * Rules for a state dict of PyTorch, derived from the modules of a model: names (`weight` of a Linear is `kernel`) and
 * layouts (PyTorch's is transposed). Modules must have the names that PyTorch's have; of `nnx.Sequential` the part
 * `layers`, of `nnx.RNN` the part `cell` may be missing in the file.
 *
 * @returns rules for `loadInto` and `save`
 * @throws StateError `GraphMismatch`, when loading, for the bias of a GRU that `nnx.GRUCell` does not have
 *
 * Source: PyTorch 2.13, `torch.nn`.
 * @example
 * const layer = new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) });
 * const file = weights.readSafetensors(weights.save({ weight: jnp.ones([3, 2]), bias: jnp.zeros([3]) }));
 * const report = await weights.loadInto(layer, file, { map: weights.torch(layer) });
 * report.loaded // => ["bias", "weight"]
 */
export function torch(model: object, { conv1d = false, rules: own = [] }: TorchOptions = {}): Rule[] {
  assertTakes(arguments, "torch", "model options", ["conv1d", "rules"]);
  const rules: Rule[] = [];
  const covered = new Set<string>();
  const modules = withAliases(model, [...iterModules(model)].toReversed());
  const at = new Map(modules.map(([path, module]) => [JSON.stringify(path), module]));
  for (const [path, module] of modules) {
    if (covered.has(JSON.stringify(path))) continue;
    const name = path.join(".");
    const isConv1d = typeof conv1d === "function" ? conv1d(name) : conv1d;
    const rnn = at.get(JSON.stringify(path.slice(0, -1)));
    const isCell = path.at(-1) === "cell" && rnn !== undefined && "timeMajor" in rnn;
    const direction = path.includes("backward_rnn") ? "backward" : "forward";
    const layer = torchLayerOf(module, { conv1d: isConv1d, rnn: isCell ? direction : undefined });
    if (layer === undefined) continue;
    for (const part of layer.covers ?? []) covered.add(JSON.stringify([...path, part]));
    for (const before of prefixesOf(path, at)) rules.push(...layer.rules(before, name === "" ? "" : `${name}.`));
  }
  return [...own, ...newOnes(rules, own), ...plainRules(model, [...own, ...rules], at)];
}

type Modules = readonly (readonly [path: Path, module: object])[];

/** The modules, those that are shared by all of their paths. */
function withAliases(model: object, modules: Modules): Modules {
  const groups = findDuplicates(model);
  const aliases = modules.flatMap(([path, module]) =>
    Array.from(otherPaths(path, groups), (other): Modules[number] => [other, module]),
  );
  return [...modules, ...aliases];
}

/** What the names of the module at `path` may begin with in the file, the likeliest first. */
function prefixesOf(path: Path, at: ReadonlyMap<string, object>): string[] {
  let prefixes = [""];
  for (const [i, part] of path.entries()) {
    const parent = at.get(JSON.stringify(path.slice(0, i)));
    const below = at.get(JSON.stringify(path.slice(0, i + 1)));
    const dropped =
      (part === "layers" && below !== undefined && "length" in below) ||
      (part === "cell" && parent !== undefined && "timeMajor" in parent) ||
      part === "forward_rnn" ||
      part === "backward_rnn";
    const names = [String(part), ...(Object.hasOwn(OTHER_NAMES, part) ? OTHER_NAMES[part]! : [])];
    prefixes = prefixes
      .flatMap((prefix) => [...(dropped ? [prefix] : []), ...names.map((name) => `${prefix}${name}.`)])
      .slice(0, MAX_NAMES);
  }
  return prefixes;
}

/**
 * Of rules for the same names the first, if `own` has none for them; a name may be that of two layers only where one is
 * covered by the other.
 */
function newOnes(rules: readonly Rule[], own: readonly Rule[]): Rule[] {
  const seen = new Set(own.flatMap(([pattern]) => pattern));
  return rules.filter(([pattern]) => {
    const names = typeof pattern === "string" ? [pattern] : pattern;
    const isNew = names.every((name) => !seen.has(name));
    for (const name of names) seen.add(name);
    return isNew;
  });
}

/** Parameters of no layer that PyTorch has keep their names. */
function plainRules(model: object, rules: readonly Rule[], at: ReadonlyMap<string, object>): Rule[] {
  const names = new Set(rules.flatMap(([pattern]) => pattern));
  const plain: Rule[] = [];
  for (const [path, leaf] of iterGraph(model)) {
    if (!hasBrand(leaf, "Variable")) continue;
    for (const prefix of prefixesOf(path.slice(0, -1), at)) {
      const name = `${prefix}${path.at(-1)}`;
      if (names.has(name)) continue;
      names.add(name);
      plain.push([name, path.join(".")]);
    }
  }
  return plain;
}
