import type { NDArray } from "../array/index.ts";
import type { CompiledRule, CompiledTarget } from "./compile.ts";
import { compileRule } from "./compile.ts";
import type { Match } from "./pattern.ts";
import type { NameMap, Rule } from "./rules.ts";

/** Parameters of a model that one rule makes arrays of a file of. */
interface Gathered {
  readonly rule: CompiledRule;
  readonly target: CompiledTarget;
  readonly match: Match;
  readonly arrays: (NDArray | undefined)[];
  readonly names: readonly string[];
}

/**
 * The arrays of a file whose rules are `map`, made of the parameters of a model: loading backwards.
 *
 * @param params - by their paths joined by dots
 * @param optional - the names among them that need no rule: they stand for what is written under another
 * @throws TypeError, RangeError if a parameter has no rule, or its rule cannot be undone
 */
export function toFileArrays(
  params: ReadonlyMap<string, NDArray>,
  map: NameMap,
  optional: ReadonlySet<string>,
  fn: string,
): Map<string, NDArray> {
  if (typeof map === "function")
    throw new TypeError(`${fn}: "map" expected a list of rules, which can be undone, got a function`);
  const find = byTarget(map);
  const groups = new Map<string, Gathered>();
  const without: string[] = [];
  for (const [name, array] of params) {
    const found = find(name);
    if (found.length === 0 && !optional.has(name)) without.push(name);
    for (const { id, rule, target, match } of found) {
      const key = JSON.stringify([id, [...match.captures], match.choices]);
      if (!groups.has(key)) groups.set(key, gather(rule, target, match));
      groups.get(key)!.arrays[match.item] = array;
    }
  }
  if (without.length > 0) throw new RangeError(`${fn}: "map" expected a rule that leads to ${without.join(", ")}`);
  const arrays = new Map<string, NDArray>();
  for (const group of groups.values()) {
    for (const [name, array] of undo(group, fn)) {
      if (arrays.has(name))
        throw new RangeError(`${fn}: "map" expected one parameter for ${JSON.stringify(name)}, got two`);
      arrays.set(name, array);
    }
  }
  return arrays;
}

function gather(rule: CompiledRule, target: CompiledTarget, match: Match): Gathered {
  const names = target.pattern.namesOf(match);
  return { rule, target, match, names, arrays: names.map(() => undefined) };
}

function* undo({ rule, target, match, arrays, names }: Gathered, fn: string): Generator<[string, NDArray]> {
  const absent = names.filter((_, i) => arrays[i] === undefined);
  if (absent.length > 0)
    throw new RangeError(
      `${fn}: a rule makes ${rule.patterns[0]!.source} of ${names.join(", ")}, got no ${absent.join(", ")}`,
    );
  const known = arrays as NDArray[];
  const { over } = target;
  const sources = rule.patterns.flatMap((pattern) =>
    Array.from({ length: pattern.items }, (_, item) => ({ pattern, item })),
  );
  const results = target.recipe(sources.length).backward(known, sources.length);
  for (const [i, result] of results.entries()) {
    const { pattern, item } = over === undefined ? sources[i]! : sources[0]!;
    const captures = over === undefined ? match.captures : new Map(match.captures).set(over, String(i));
    const free = pattern.captures.find((name) => !captures.has(name));
    if (free !== undefined)
      throw new RangeError(
        `${fn}: the rule ${JSON.stringify(pattern.source)} cannot be undone: no {${free}} in its target`,
      );
    const choices = pattern.choices.map((_, at) => match.choices[at] ?? 0);
    yield [pattern.nameOf({ captures, choices, item }), result];
  }
}

interface Found {
  readonly id: number;
  readonly rule: CompiledRule;
  readonly target: CompiledTarget;
  readonly match: Match;
}

/** Finds the first rule that leads to a name, and those by which it is written once more. */
function byTarget(map: readonly Rule[]): (name: string) => Found[] {
  const exact = new Map<string, number[]>();
  const open: number[] = [];
  const rules = map.map((rule, id) => {
    const compiled = compileRule(rule);
    const pattern = compiled.target?.pattern;
    if (pattern?.isExact) exact.set(pattern.source, [...(exact.get(pattern.source) ?? []), id]);
    else if (pattern !== undefined) open.push(id);
    return compiled;
  });
  return (name) => {
    const found: Found[] = [];
    let isLoaded = false;
    for (const id of [...(exact.get(name) ?? []), ...open].sort((a, b) => a - b)) {
      const rule = rules[id]!;
      const target = rule.target!;
      const match = target.tied || !isLoaded ? target.pattern.match(name) : undefined;
      if (match === undefined) continue;
      found.push({ id, rule, target, match });
      isLoaded ||= !target.tied;
    }
    return isLoaded ? found : [];
  };
}
