import { describe } from "../base/index.ts";
import { Pattern } from "./pattern.ts";
import type { Recipe } from "./recipe.ts";
import type { Rule, RuleTarget, Target } from "./rules.ts";
import { toTarget } from "./rules.ts";

/** A rule that can be matched. */
export interface CompiledRule {
  readonly patterns: readonly Pattern[];
  /** Undefined: what matches is ignored. */
  readonly target: CompiledTarget | undefined;
}

export interface CompiledTarget {
  readonly pattern: Pattern;
  /** The capture that counts the arrays of a stack. */
  readonly over: string | undefined;
  readonly tied: boolean;
  recipe(from: number): Recipe;
}

/**
 * Checks and compiles a rule.
 *
 * @throws TypeError, RangeError if pattern and target do not go together
 */
export function compileRule(rule: Rule): CompiledRule {
  if (!Array.isArray(rule) || rule.length < 2)
    throw new TypeError(`"map" expected rules [pattern, target, layout?], got ${describe(rule)}`);
  const [given, target, layout] = rule as Rule;
  const sources = typeof given === "string" ? [given] : given;
  if (!Array.isArray(sources) || sources.length === 0 || sources.some((source) => typeof source !== "string"))
    throw new TypeError(`"map" expected a pattern, or several, got ${describe(given)}`);
  const patterns = sources.map((source) => new Pattern(source));
  return { patterns, target: target === null ? undefined : compileTarget(toTarget(target, layout), patterns) };
}

/** The rule that a function of names gave for `name`. */
export function compileExact(name: string, target: RuleTarget): CompiledRule {
  const patterns = [Pattern.exact(name)];
  return { patterns, target: target === null ? undefined : compileTarget(toTarget(target, undefined), patterns) };
}

function compileTarget(target: Target, patterns: readonly Pattern[]): CompiledTarget {
  // A capture of any text is one in the target too, which does not say so.
  const any = new Set(patterns.flatMap(({ anyCaptures }) => anyCaptures));
  const to = target.to.replaceAll("/", ".").replace(/\{(\w+)\}/g, (all, name) => (any.has(name) ? `{*${name}}` : all));
  const pattern = new Pattern(to);
  const over = overOf(target, pattern, patterns);
  for (const source of patterns) {
    const missing = pattern.captures.filter((name) => !source.captures.includes(name));
    if (missing.length > 0) throw ruleError(source, pattern, `the target's {${missing[0]}} in the pattern`);
    if (pattern.choices.some((count, i) => source.choices[i] !== count))
      throw ruleError(source, pattern, "as many alternatives in the target's groups as in the pattern's");
  }
  return { pattern, over, tied: target.tied === true, recipe: (from) => target.recipe(from, pattern.items) };
}

/** The capture that counts the arrays of a stack. */
function overOf({ over }: Target, pattern: Pattern, patterns: readonly Pattern[]): string | undefined {
  if (over === undefined) return undefined;
  const source = patterns[0]!;
  const free = over === true ? source.captures.filter((name) => !pattern.captures.includes(name)) : [over];
  if (free.length !== 1 || !source.captures.includes(free[0]!))
    throw ruleError(source, pattern, "one number in the pattern that the target does not have, or { over }");
  return free[0];
}

function ruleError(source: Pattern, target: Pattern, expected: string): RangeError {
  return new RangeError(
    `rule ${JSON.stringify(source.source)} to ${JSON.stringify(target.source)}: expected ${expected}`,
  );
}
