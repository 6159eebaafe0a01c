/** Where derivatives differ from JAX's in the corpus of random calls, each with its reason. */
export interface Difference {
  readonly names: readonly string[];
  readonly reason: string;
  /** What of the arguments or of the line that says what differs tells such a case. */
  readonly is: (args: string, line: string) => boolean;
}

const EXTREMES = ["max", "min", "amax", "amin", "nanmax", "nanmin", "ptp", "lax.reduceMax", "lax.reduceMin"];

export const DIFFERENCES: readonly Difference[] = [
  {
    names: [
      "unique",
      "uniqueAll",
      "uniqueCounts",
      "uniqueInverse",
      "uniqueValues",
      "union1d",
      "intersect1d",
      "setdiff1d",
      "setxor1d",
    ],
    reason: "elements of a set are elements of the arguments; JAX gives them zeros for derivatives",
    is: (_, line) => /expected 0 \(0 in float64\)/.test(line),
  },
  {
    names: EXTREMES,
    reason: "the extreme of no elements is a constant; JAX's derivative along a direction is 0 / 0",
    is: (args, line) => /,\[\]\]\}/.test(args) && /^tangentOut .*expected NaN .* got 0$/.test(line),
  },
  {
    names: EXTREMES,
    reason: "of elements with a NaN among them none is the extreme; JAX gives all a NaN",
    is: (args, line) => args.includes('"NaN"') && /expected NaN .* got 0$/.test(line),
  },
  {
    names: ["var", "std", "nanvar", "nanstd"],
    reason: "a variance of no degrees of freedom is NaN, and so is its derivative; JAX's along a direction is 0",
    is: (_, line) => /^tangentOut .*expected 0 .* got NaN$/.test(line),
  },
  {
    names: ["acos", "acosh", "arccos", "arccosh", "asin", "arcsin", "arctanh", "atanh"],
    reason: "at the ends of the domain the formula of the second derivative is infinity times 0; JAX's has its limit",
    is: (_, line) => /^second .*expected (0|-?Infinity) .* got NaN$/.test(line),
  },
  {
    names: ["i0"],
    reason: "the second derivative at 0 is 1/2; JAX gives 0",
    is: (args, line) => /\b0\b/.test(args) && /^second .*expected 0 /.test(line),
  },
];

/** Why a case differs; undefined if it should not. `line` says what differs. */
export function differenceOf(name: string, args: unknown, line: string): Difference | undefined {
  const text = JSON.stringify(args);
  return DIFFERENCES.find((difference) => difference.names.includes(name) && difference.is(text, line));
}
