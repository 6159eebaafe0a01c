import { describe } from "../base/index.ts";
import type { TensorInfo } from "../weights/index.ts";
import type { CompiledRule, CompiledTarget } from "./compile.ts";
import { compileExact, compileRule } from "./compile.ts";
import type { Match } from "./pattern.ts";
import type { NameMap, Rule } from "./rules.ts";

/** Arrays of the file that belong together, and the names of the parameters that they become. */
export interface Group {
  /** In the order of the rule; undefined where the file does not have one. */
  readonly sources: (string | undefined)[];
  /** What the missing ones would be called. */
  readonly expected: readonly string[];
  readonly targets: readonly string[];
  readonly target: CompiledTarget;
}

/** What becomes of the names of a file. */
export interface Matched {
  readonly groups: readonly Group[];
  readonly ignored: readonly string[];
  readonly unexpected: readonly string[];
}

/** A file's names, and what it says of them. */
export interface NamedTensors {
  readonly names: readonly string[];
  info(name: string): TensorInfo;
}

/**
 * Sorts names by the rules of `map`.
 *
 * @throws TypeError, RangeError for rules that are none; RangeError for two exact ones of one name
 */
export function matchNames({ names, info }: NamedTensors, map: NameMap): Matched {
  const groups = new Map<string, Group>();
  const ignored: string[] = [];
  const unexpected: string[] = [];
  const find = typeof map === "function" ? byFunction(map, info) : byRules(map);
  for (const name of names) {
    const found = find(name);
    if (found === undefined) unexpected.push(name);
    else if (found.rule.target === undefined) ignored.push(name);
    else place(name, found, found.rule.target, groups);
  }
  return { groups: [...groups.values()], ignored, unexpected };
}

interface Found {
  readonly rule: CompiledRule;
  readonly id: number | string;
  /** Which of the rule's patterns matched. */
  readonly at: number;
  readonly match: Match;
}

function byRules(map: readonly Rule[]): (name: string) => Found | undefined {
  if (!Array.isArray(map)) throw new TypeError(`"map" expected a list of rules or a function, got ${describe(map)}`);
  const exact = new Map<string, number>();
  const open: [number, CompiledRule][] = [];
  const rules = map.map((rule: Rule, id: number) => {
    const compiled = compileRule(rule);
    if (!compiled.patterns.every(({ isExact }) => isExact)) open.push([id, compiled]);
    for (const { isExact, source } of compiled.patterns) {
      if (!isExact) continue;
      if (exact.has(source)) throw new RangeError(`"map" expected one rule for ${JSON.stringify(source)}, got two`);
      exact.set(source, id);
    }
    return compiled;
  });
  return (name) => {
    const own = exact.get(name);
    for (const [id, rule] of open) {
      if (own !== undefined && own < id) break;
      const found = matchRule(rule, id, name);
      if (found !== undefined) return found;
    }
    return own === undefined ? undefined : matchRule(rules[own]!, own, name);
  };
}

function matchRule(rule: CompiledRule, id: number, name: string): Found | undefined {
  for (const [at, pattern] of rule.patterns.entries()) {
    const match = pattern.match(name);
    if (match !== undefined) return { rule, id, at, match };
  }
  return undefined;
}

function byFunction(
  map: Exclude<NameMap, readonly Rule[]>,
  info: NamedTensors["info"],
): (name: string) => Found | undefined {
  return (name) => {
    const target = map(name, info(name));
    if (target === undefined) return undefined;
    const rule = compileExact(name, target);
    return { rule, id: name, at: 0, match: rule.patterns[0]!.match(name)! };
  };
}

/** Puts `name` into its group. */
function place(name: string, { rule, id, at, match }: Found, target: CompiledTarget, groups: Map<string, Group>): void {
  const { over } = target;
  const captures = new Map(match.captures);
  const counted = over === undefined ? undefined : Number(captures.get(over));
  if (over !== undefined) captures.delete(over);
  const { choices } = match;
  const key = JSON.stringify([id, [...captures], choices]);
  let group = groups.get(key);
  if (group === undefined) {
    const expected = rule.patterns.flatMap((pattern) => pattern.namesOf(match));
    const targets = target.pattern.namesOf({ captures, choices });
    group = { sources: over === undefined ? expected.map(() => undefined) : [], expected, targets, target };
    groups.set(key, group);
  }
  const before = rule.patterns.slice(0, at).reduce((sum, { items }) => sum + items, 0);
  group.sources[counted ?? before + match.item] = name;
}
